//! The rows of a dashboard, which its `layout` describes.

use super::reader::Reader;
use crate::diagnostic::quoted;
use crate::json::{Node, Tree};
use crate::page::definition::{Column, Widget};
use std::collections::{HashMap, VecDeque};

/// The width of a row.
const ROW: u8 = 12;

/// The widgets of a dashboard that are not in a row yet.
struct Unplaced<'n> {
    widgets: Vec<Option<Widget>>,
    /// The positions of the widgets with each identifier of the file.
    by_id: HashMap<&'n str, VecDeque<usize>>,
    /// The identifiers, in the order of the file.
    ids: Vec<&'n str>,
}

impl Unplaced<'_> {
    fn take(&mut self, id: &str) -> Option<Widget> {
        let position = self.by_id.get_mut(id)?.pop_front()?;
        self.widgets.get_mut(position)?.take()
    }
}

impl Reader<'_> {
    /// Puts widgets into rows. Those that the layout does not name follow, each in a row of its own. `nodes` are the
    /// widgets as they are in the file.
    pub(super) fn rows(
        &mut self,
        layout: Option<&Node>,
        nodes: &[Node],
        widgets: Vec<Widget>,
    ) -> Vec<Vec<Column>> {
        let mut unplaced = Unplaced {
            widgets: widgets.into_iter().map(Some).collect(),
            by_id: HashMap::new(),
            ids: Vec::new(),
        };
        for (position, node) in nodes.iter().enumerate() {
            if let Some(id) = node.get("id").and_then(Node::as_text) {
                let positions = unplaced.by_id.entry(id).or_default();
                if positions.is_empty() {
                    unplaced.ids.push(id);
                }
                positions.push_back(position);
            }
        }
        let rows = match layout.map(|layout| (layout, layout.as_list())) {
            None => &[],
            Some((_, Some(rows))) => rows,
            Some((layout, None)) => {
                let message = format!("`layout` must be an array, not {}", layout.kind());
                self.ignore(layout, message, "write an array of rows: `[{\"columns\": [{\"id\": WIDGET}]}]`");
                &[]
            }
        };
        let mut placed: Vec<Vec<Column>> = rows.iter().map(|row| self.row(row, &mut unplaced)).collect();
        placed.retain(|row| !row.is_empty());
        let others = unplaced.widgets.into_iter().flatten();
        placed.extend(others.map(|widget| vec![Column { size: ROW, widget }]));
        placed
    }

    fn row(&mut self, row: &Node, unplaced: &mut Unplaced<'_>) -> Vec<Column> {
        const HELP: &str = "write `{\"columns\": [{\"id\": WIDGET, \"size\": 12}], \"height\": 400}`";
        let Some(columns) = row.get("columns").and_then(Node::as_list) else {
            self.ignore(row, "a row of the layout has no `columns`", HELP);
            return Vec::new();
        };
        let mut placed = Vec::new();
        for column in columns {
            let Some(id) = column.get("id").and_then(Node::as_text) else {
                self.ignore(column, "a column of the layout has no `id`", HELP);
                continue;
            };
            match unplaced.take(id) {
                Some(widget) => placed.push((column.get("size").and_then(size), widget)),
                None => self.unknown_widget(column, id, unplaced),
            }
        }
        shared(placed)
    }

    fn unknown_widget(&mut self, column: &Node, id: &str, unplaced: &Unplaced<'_>) {
        let message = match unplaced.by_id.contains_key(id) {
            true => format!("the layout contains widget {} twice", quoted(id)),
            false => format!("the layout contains an unknown widget, {}", quoted(id)),
        };
        let help = match unplaced.by_id.contains_key(id) {
            true => "remove one of the two".to_owned(),
            false => self.suggestion("widget", id, unplaced.ids.iter().copied()),
        };
        self.ignore(column.get("id").unwrap_or(column), message, help);
    }
}

/// The width of a column, which may be a number in quotes; one that is too large or too small is the nearest possible.
fn size(node: &Node) -> Option<u8> {
    let size = match &node.tree {
        Tree::Number(number) => *number,
        Tree::Text(text) => text.trim().parse::<f64>().ok().filter(|number| number.is_finite())?,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 1 to 12")]
    Some(size.round().clamp(1.0, f64::from(ROW)) as u8)
}

/// Gives the columns without a width equal shares of what the others leave, or of a row if they leave too little.
fn shared(columns: Vec<(Option<u8>, Widget)>) -> Vec<Column> {
    let taken: usize = columns.iter().filter_map(|(size, _)| *size).map(usize::from).sum();
    let open = columns.iter().filter(|(size, _)| size.is_none()).count();
    let free = usize::from(ROW).saturating_sub(taken);
    let share = match open {
        0 => ROW.into(),
        _ if free >= open => free / open,
        _ => usize::from(ROW) / columns.len(),
    };
    let share = u8::try_from(share.max(1)).unwrap_or(ROW);
    columns.into_iter().map(|(size, widget)| Column { size: size.unwrap_or(share), widget }).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::definition::{Content, Widget};
    use crate::page::read::testing::{read, widget};
    use serde_json::{Value, json};

    fn texts(ids: &[&str]) -> Vec<Value> {
        ids.iter().map(|id| json!({"id": id, "type": "markdown", "markdown": id})).collect()
    }

    /// The size and text of each column of each row, and the warnings.
    fn rows(layout: Value, ids: &[&str]) -> (Vec<Vec<(u8, String)>>, Vec<String>) {
        let (dashboard, warnings) =
            widget(&json!({"type": "dashboard-widget", "layout": layout, "widgets": texts(ids)}));
        (placed(&dashboard), warnings)
    }

    fn placed(dashboard: &Widget) -> Vec<Vec<(u8, String)>> {
        let Content::Dashboard(rows) = &dashboard.content else { panic!("{dashboard:?}") };
        let text = |widget: &Widget| match &widget.content {
            Content::Markdown(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let columns = |row: &Vec<_>| {
            row.iter().map(|column: &super::Column| (column.size, text(&column.widget))).collect()
        };
        rows.iter().map(columns).collect()
    }

    fn row(columns: &[(u8, &str)]) -> Vec<(u8, String)> {
        columns.iter().map(|(size, text)| (*size, (*text).to_owned())).collect()
    }

    #[test]
    fn widgets_are_in_the_rows_of_the_layout_and_the_others_follow() {
        let layout = json!([{"height": 400, "columns": [{"id": "b", "size": 8}, {"id": "a", "size": 4}]}]);
        let expected = vec![row(&[(8, "b"), (4, "a")]), row(&[(12, "c")])];
        assert_eq!(rows(layout, &["a", "b", "c"]), (expected, vec![]));
        for layout in [json!(null), json!([])] {
            assert_eq!(rows(layout, &["a", "b"]), (vec![row(&[(12, "a")]), row(&[(12, "b")])], vec![]));
        }
        assert_eq!(rows(json!([]), &[]), (vec![], vec![]));
    }

    #[test]
    fn sizes_are_limited_and_missing_ones_share_the_rest() {
        let sizes = |sizes: &[Value]| {
            let ids: Vec<String> = (0..sizes.len()).map(|id| id.to_string()).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let columns: Vec<Value> =
                ids.iter().zip(sizes).map(|(id, size)| json!({"id": id, "size": size})).collect();
            let (rows, warnings) = rows(json!([{"columns": columns}]), &ids);
            assert_eq!(warnings, [""; 0]);
            rows[0].iter().map(|(size, _)| *size).collect::<Vec<u8>>()
        };
        assert_eq!(sizes(&[json!(0), json!(-3), json!(99), json!(1e300), json!(5.6)]), [1, 1, 12, 12, 6]);
        assert_eq!(sizes(&[json!("6"), json!(" 3 "), json!("x"), json!("NaN")]), [6, 3, 1, 1]);
        assert_eq!(sizes(&[json!(8), json!(null)]), [8, 4]);
        assert_eq!(sizes(&[json!(null), json!([]), json!({})]), [4, 4, 4]);
        assert_eq!(sizes(&[json!(12), json!(null)]), [12, 6]);
        assert!(sizes(&vec![json!(null); 30]).iter().all(|size| *size == 1));
    }

    #[test]
    fn what_a_layout_names_wrongly_is_skipped_with_a_warning() {
        let layout = json!([
            {"columns": [{"id": "a"}, {"id": "x"}, {"id": "a"}, {"size": 3}, 7]},
            {"height": 400}, [], null, {"columns": [{"id": "y"}]}]);
        let (rows, warnings) = rows(layout, &["a", "b"]);
        assert_eq!(rows, [row(&[(12, "a")]), row(&[(12, "b")])]);
        let expected = [
            "the layout contains an unknown widget, `x`",
            "the layout contains widget `a` twice",
            "a column of the layout has no `id`",
            "a column of the layout has no `id`",
            "a row of the layout has no `columns`",
            "a row of the layout has no `columns`",
            "a row of the layout has no `columns`",
            "the layout contains an unknown widget, `y`",
        ];
        assert_eq!(warnings, expected);
        let wrong = json!({"type": "dashboard-widget", "layout": {}, "widgets": texts(&["a"])});
        let (dashboard, warnings) = widget(&wrong);
        assert_eq!(placed(&dashboard), [row(&[(12, "a")])]);
        assert_eq!(warnings, ["`layout` must be an array, not an object"]);
    }

    #[test]
    fn two_widgets_with_the_same_identifier_are_placed_in_their_order() {
        let mut widgets = texts(&["a", "a"]);
        widgets[1]["markdown"] = json!("second");
        let layout = json!([{"columns": [{"id": "a", "size": 4}, {"id": "a", "size": 8}]}]);
        let (dashboard, warnings) =
            widget(&json!({"type": "dashboard-widget", "layout": layout, "widgets": widgets}));
        assert_eq!((placed(&dashboard), warnings), (vec![row(&[(4, "a"), (8, "second")])], vec![]));
    }

    #[test]
    fn a_page_with_a_layout_of_its_own_is_one_dashboard() {
        let layout = json!([{"columns": [{"id": "b", "size": 6}, {"id": "a", "size": 6}]}]);
        let (page, warnings) = read(&json!({"layout": layout, "widgets": texts(&["a", "b"])}));
        assert_eq!((page.widgets.len(), warnings.len()), (1, 0));
        assert_eq!(placed(&page.widgets[0]), [row(&[(6, "b"), (6, "a")])]);
        assert_eq!(
            (page.widgets[0].id.as_str(), page.widgets[0].kind.as_str()),
            ("dashboard-widget-1", "dashboard-widget")
        );
    }
}
