//! The layers from conditions to levels: conditions, rules, results and rows.

use super::dialect::{ROW, Row, number};
use super::layer::{Column, comment, joined};
use super::model::{Card, Condition, Part, Test};
use super::names::Booleans;
use super::predicate::{array_test, holds, holds_or_lacks_data, predicate, symbol};
use super::select::Select;
use std::ops::Range;

impl Select<'_> {
    /// Names all conditions. Where booleans are packed, they are places in an array of each pass.
    #[expect(clippy::expect_used, reason = "there is a place for each condition and field of the model")]
    pub(super) fn name_booleans(&mut self) {
        let fields = self.model.fields.len();
        let mut named = Booleans {
            conditions: vec![String::new(); self.model.conditions.len()],
            missing: vec![String::new(); fields],
            idle: vec![String::new(); fields],
        };
        for (pass, fields) in self.passes.iter().enumerate() {
            let suffix = self.suffix(pass);
            let (mut conditions, mut lacks) = (0, 0);
            let place = |array: char, count: &mut usize, plain: String| {
                *count += 1;
                if self.dialect.packs() { format!("{array}{suffix}[{count}]") } else { plain }
            };
            for (number, _) in self.conditions_of(fields) {
                let name = named.conditions.get_mut(number).expect(NAMED);
                *name = place('c', &mut conditions, format!("c{}", number + 1));
            }
            for index in fields.clone() {
                let names = self.names(index);
                *named.missing.get_mut(index).expect(NAMED) = place('m', &mut lacks, names.missing());
                if self.field(index).has_guard {
                    *named.idle.get_mut(index).expect(NAMED) = place('m', &mut lacks, names.idle());
                }
            }
        }
        self.booleans = named;
    }

    fn conditions_of(&self, fields: &Range<usize>) -> impl Iterator<Item = (usize, &Condition)> {
        let conditions = self.model.conditions.iter().enumerate();
        conditions.filter(|(_, condition)| fields.contains(&condition.field))
    }

    /// The columns that hold the booleans of a pass.
    #[expect(clippy::expect_used, reason = "there is a place for each condition and field of the model")]
    pub(super) fn boolean_columns(&self, pass: usize) -> Vec<String> {
        let fields = self.fields_of(pass);
        if self.dialect.packs() {
            let suffix = self.suffix(pass);
            return vec![format!("c{suffix}"), format!("m{suffix}")];
        }
        let conditions =
            self.conditions_of(&fields).filter_map(|(number, _)| self.booleans.conditions.get(number));
        let missing = self.booleans.missing.get(fields.clone()).expect(NAMED);
        let idle = self.booleans.idle.get(fields.clone()).expect(NAMED);
        conditions.chain(missing).chain(idle).filter(|name| !name.is_empty()).cloned().collect()
    }

    /// The conditions of a pass, and for each field whether it lacks data.
    pub(super) fn condition_columns(&self, pass: usize) -> Vec<Column> {
        let fields = self.fields_of(pass);
        let conditions = self.conditions_of(&fields).map(|(number, condition)| {
            let name = self.condition_name(number);
            Column::new(self.condition(condition), name).note(comment(&condition.words))
        });
        let conditions: Vec<Column> = conditions.collect();
        let lacks: Vec<Column> = fields.clone().flat_map(|field| self.lacks(field)).collect();
        if !self.dialect.packs() {
            return conditions.into_iter().chain(lacks).collect();
        }
        let suffix = self.suffix(pass);
        let array = |columns: Vec<Column>, name: String| {
            let value = |column: Column| (column.sql, column.note.unwrap_or_default());
            let values: Vec<(String, String)> = columns.into_iter().map(value).collect();
            Column::new(self.dialect.array(&values), name)
        };
        vec![array(conditions, format!("c{suffix}")), array(lacks, format!("m{suffix}"))]
    }

    fn lacks(&self, index: usize) -> Vec<Column> {
        let (field, names) = (self.field(index), self.names(index));
        let missing = match self.is_plain(field) {
            true => format!("{} IS NULL", self.source_column(index)),
            false => names.missing(),
        };
        let about = comment(&field.subject.to_string());
        let number = names.part(Part::Number);
        let idle = field.has_guard.then(|| {
            let sql = format!("COALESCE({number} = 0, {missing})");
            Column::new(sql, names.idle()).note(format!("{about} is missing, null or 0"))
        });
        let missing = Column::new(missing, names.missing()).note(format!("{about} is missing or null"));
        std::iter::once(missing).chain(idle).collect()
    }

    fn condition(&self, condition: &Condition) -> String {
        let (field, names) = (self.field(condition.field), self.names(condition.field));
        let test = match &condition.test {
            Test::Empty if !self.is_plain(field) => names.empty(),
            Test::Empty => {
                let column = self.source_column(condition.field);
                let is_text = column == names.part(Part::Text);
                if is_text {
                    format!("({column} IS NULL OR {column} = '')")
                } else {
                    format!("({column} IS NULL)")
                }
            }
            Test::Bound(order, bound) => {
                let part = if self.is_plain(field) { Part::Number } else { Test::bounded(*order) };
                let bound = number(self.dialect, *bound);
                format!("COALESCE({} {} {bound}, FALSE)", names.part(part), symbol(*order))
            }
            Test::Value { one, many } => {
                let scalar = predicate(self.dialect, one, &|part| names.part(part));
                match &field.elements {
                    Some(parts) if !self.is_plain(field) => {
                        let array = array_test(self.dialect, many, parts, names);
                        let is_array = self.dialect.is_array(parts, names);
                        format!("COALESCE(CASE WHEN {is_array} THEN {array} ELSE {scalar} END, FALSE)")
                    }
                    _ => format!("COALESCE({scalar}, FALSE)"),
                }
            }
        };
        if condition.negated { format!("NOT {test}") } else { test }
    }

    #[expect(clippy::expect_used, reason = "every condition of a formula is one of the model")]
    fn condition_name(&self, condition: usize) -> String {
        self.booleans.conditions.get(condition).expect("the condition has a name").clone()
    }

    #[expect(
        clippy::expect_used,
        reason = "every condition of a formula is one of the model, and so is its field"
    )]
    fn lack_name(&self, condition: usize) -> String {
        let condition = self.model.conditions.get(condition).expect("the condition exists");
        let names = if condition.is_guard { &self.booleans.idle } else { &self.booleans.missing };
        names.get(condition.field).expect("the field exists").clone()
    }

    /// The layer of rules: for each scorecard whether it applies, whether each rule passes, and whether each rule passes or
    /// lacks data.
    pub(super) fn rules(&mut self) {
        let columns = (1..).zip(&self.model.cards).flat_map(|(number, card)| self.rules_of(number, card));
        let columns = columns.collect();
        self.push("rules", RULES, Vec::new(), columns);
    }

    fn rules_of(&self, number: usize, card: &Card) -> Vec<Column> {
        let name = |condition: usize| self.condition_name(condition);
        let lack = |condition: usize| self.lack_name(condition);
        let heading = |column: Column| column.heading(about(card));
        let mut columns = Vec::new();
        if let Some(filter) = &card.filter {
            columns.push(Column::new(holds(filter, &name), format!("s{number}_applies")).note("the filter"));
        }
        let passing = card.rules.iter().map(|rule| (holds(&rule.formula, &name), comment(&rule.identifier)));
        let lacking = card
            .rules
            .iter()
            .map(|rule| (holds_or_lacks_data(&rule.formula, &name, &lack), "or lacks data".to_owned()));
        if !card.rules.is_empty() && self.dialect.packs() {
            let passing: Vec<(String, String)> = passing.collect();
            let lacking: Vec<(String, String)> = lacking.collect();
            columns.push(Column::new(self.dialect.array(&passing), format!("s{number}_r")));
            columns.push(Column::new(self.dialect.array(&lacking), format!("s{number}_l")));
        } else {
            for (rule, ((passes, identifier), (lacks, note))) in (1..).zip(passing.zip(lacking)) {
                columns.push(Column::new(passes, format!("s{number}_r{rule}")).note(identifier));
                columns.push(Column::new(lacks, format!("s{number}_l{rule}")).note(note));
            }
        }
        let mut columns = columns.into_iter();
        columns.next().map(heading).into_iter().chain(columns).collect()
    }

    fn rule_names(&self, number: usize, letter: char, rules: &[usize]) -> Vec<String> {
        let name = |rule: &usize| match self.dialect.packs() {
            true => format!("s{number}_{letter}[{}]", rule + 1),
            false => format!("s{number}_{letter}{}", rule + 1),
        };
        rules.iter().map(name).collect()
    }

    /// The layer of results: for each scorecard the rank, the mark for no data and the number of rules that pass.
    pub(super) fn results(&mut self) {
        let columns = (1..).zip(&self.model.cards).flat_map(|(number, card)| self.results_of(number, card));
        let columns = columns.collect();
        self.push("results", RESULTS, Vec::new(), columns);
    }

    fn results_of(&self, number: usize, card: &Card) -> [Column; 3] {
        let integer = self.dialect.types().integer;
        let (mut rank, mut no_data, mut held) = (String::new(), String::new(), 0);
        for (level, rules) in &card.steps {
            let passes = joined(&self.rule_names(number, 'r', rules), "AND", "TRUE");
            let lacks = joined(&self.rule_names(number, 'l', rules), "AND", "TRUE");
            let passes = if rules.len() > 1 { format!("({passes})") } else { passes };
            rank += &format!(" WHEN NOT {passes} THEN {held}");
            no_data += &format!(" WHEN NOT {passes} THEN {lacks}");
            held = *level;
        }
        let [rank, no_data] = match card.steps.is_empty() {
            true => ["0".to_owned(), "FALSE".to_owned()],
            false => [format!("CASE{rank} ELSE {held} END"), format!("CASE{no_data} ELSE FALSE END")],
        };
        let all: Vec<usize> = (0..card.rules.len()).collect();
        let counted = self.rule_names(number, 'r', &all);
        let counted: Vec<String> = counted.iter().map(|name| format!("CAST({name} AS {integer})")).collect();
        let passed = joined(&counted, "+", "0");
        let result = |sql: String, name: &str| {
            let sql = match card.filter {
                Some(_) => format!("CASE WHEN s{number}_applies THEN {sql} END"),
                None => sql,
            };
            Column::new(sql, format!("s{number}_{name}"))
        };
        [result(rank, "rank").heading(about(card)), result(no_data, "no_data"), result(passed, "passed")]
    }

    /// The row of each scorecard.
    pub(super) fn rows(&self) -> Vec<Row> {
        (1..)
            .zip(&self.model.cards)
            .map(|(number, card)| {
                let total = card.rules.len().to_string();
                let total = match card.filter {
                    Some(_) => format!("CASE WHEN s{number}_rank IS NOT NULL THEN {total} END"),
                    None => total,
                };
                let titles = (0..).zip(&card.levels);
                // only levels with rules, and the base level, can be reached
                let reached = titles
                    .filter(|(level, _)| *level == 0 || card.steps.iter().any(|(step, _)| step == level));
                let cases = reached
                    .map(|(level, title)| format!(" WHEN {level} THEN {}", self.dialect.literal(title)));
                Row {
                    about: about(card),
                    blueprint: self.dialect.literal(&card.blueprint),
                    values: vec![
                        self.dialect.literal(&card.identifier),
                        format!("CASE s{number}_rank{} END", cases.collect::<String>()),
                        format!("s{number}_rank"),
                        format!("s{number}_no_data"),
                        format!("s{number}_passed"),
                        total,
                    ],
                }
            })
            .collect()
    }

    /// The end of a query that counts the results of each level.
    pub(super) fn summary(&self, rows: &str) -> String {
        let grid: Vec<String> = self.model.cards.iter().flat_map(|card| self.grid(card)).collect();
        let grid: Vec<String> = (1..).zip(grid).map(|(number, row)| format!("({number}, {row})")).collect();
        let [scorecard, level, rank, ..] = ROW;
        format!(
            ",\nlevels AS (\n{rows}\n),\ncounted AS (\n  -- how many results hold each level\n  \
             SELECT {scorecard}, blueprint, {rank}, COUNT(*) AS results\n  FROM levels\n  \
             GROUP BY {scorecard}, blueprint, {rank}\n),\nall_levels AS (\n  \
             -- every level, those that nobody holds too; the level NULL is of entities that a filter leaves out\n  \
             SELECT position, {scorecard}, blueprint, {level}, {rank}\n  FROM (VALUES\n    {}\n  ) AS \
             listed(position, {scorecard}, blueprint, {level}, {rank})\n)\nSELECT all_levels.{scorecard}, \
             all_levels.blueprint, all_levels.{level}, all_levels.{rank}, COALESCE(counted.results, 0) AS count\n\
             FROM all_levels\nLEFT JOIN counted\n  ON counted.{scorecard} = all_levels.{scorecard}\n  \
             AND counted.blueprint = all_levels.blueprint\n  AND COALESCE(counted.{rank}, -1) = \
             COALESCE(all_levels.{rank}, -1)\nORDER BY all_levels.position\n",
            grid.join(",\n    ")
        )
    }

    fn grid(&self, card: &Card) -> Vec<String> {
        let [scorecard, blueprint] =
            [&card.identifier, &card.blueprint].map(|text| self.dialect.literal(text));
        let types = self.dialect.types();
        let level = |(rank, title): (usize, &String)| {
            format!("{scorecard}, {blueprint}, {}, {rank}", self.dialect.literal(title))
        };
        let levels = card.levels.iter().enumerate().map(level);
        let left_out = card.filter.as_ref().map(|_| {
            format!("{scorecard}, {blueprint}, CAST(NULL AS {}), CAST(NULL AS {})", types.text, types.integer)
        });
        levels.chain(left_out).collect()
    }
}

/// The comment of a scorecard.
fn about(card: &Card) -> String {
    match card.title == card.identifier {
        true => comment(&card.identifier),
        false => comment(&format!("{} ({})", card.title, card.identifier)),
    }
}

const NAMED: &str = "every condition and field of the model has a place";
const RULES: &str = "whether each rule passes (_r), and whether it passes or lacks data (_l)";
const RESULTS: &str = "the climb: the first level with a failing rule ends it";
