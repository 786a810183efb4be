//! The dashboard of Port's guide to DORA scorecards, for users who want to write it to disk and edit it.

use crate::scorecard::replace_names;

/// The page for the built-in scorecards. It is in the format of Port's API.
const DASHBOARD: &str = include_str!("../../examples/dashboard/dora_scorecards_dashboard.json");

/// The blueprint of its service widgets.
const SERVICE: &str = "service";

/// The dashboard, with its service widgets for another blueprint.
pub(crate) fn example_page(blueprint: &str) -> String {
    let renamed = |name| if name == SERVICE { blueprint } else { name };
    let text = replace_names(DASHBOARD, "\"blueprint\": ", renamed);
    replace_names(&text, "\"blueprintConfig\": { ", renamed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::page::definition::{Breakdown, ColumnContent, Content, Widget};
    use crate::page::read_page;
    use crate::scorecard::builtin_for;

    fn widgets(blueprint: &str) -> Vec<Vec<(u8, Widget)>> {
        let (mut page, warnings) = read_page(Source::new("p", example_page(blueprint))).unwrap();
        assert_eq!((warnings.len(), page.title.as_str(), page.widgets.len()), (0, "DORA scorecards", 1));
        let Content::Dashboard(rows) = page.widgets.remove(0).content else { panic!("a dashboard") };
        rows.into_iter()
            .map(|row| row.into_iter().map(|column| (column.size, column.widget)).collect())
            .collect()
    }

    #[test]
    fn without_another_blueprint_it_is_the_file() {
        assert_eq!(example_page(SERVICE), DASHBOARD);
    }

    #[test]
    fn it_shows_the_levels_of_all_built_in_scorecards_twice() {
        for blueprint in [SERVICE, "micro \"service\" \\ é"] {
            let rows = widgets(blueprint);
            let sizes: Vec<Vec<u8>> =
                rows.iter().map(|row| row.iter().map(|(size, _)| *size).collect()).collect();
            assert_eq!(sizes, [vec![3; 4], vec![3; 4], vec![12], vec![12]]);
            let (mut pies, mut columns) = (Vec::new(), Vec::new());
            for (_, widget) in rows.into_iter().flatten() {
                match widget.content {
                    Content::Pie(pie) => {
                        let Breakdown::Scorecard(identifier) = pie.by else { panic!("a scorecard") };
                        pies.push((pie.selection.blueprint.unwrap(), identifier));
                    }
                    Content::Tables(tables) => {
                        let [table] = tables.as_slice() else { panic!("one table") };
                        let shown = table.columns.iter().filter_map(|column| match &column.content {
                            ColumnContent::Scorecard(identifier) => Some(identifier.clone()),
                            _ => None,
                        });
                        columns.extend(
                            shown.map(|identifier| (table.selection.blueprint.clone().unwrap(), identifier)),
                        );
                    }
                    other => panic!("{other:?}"),
                }
            }
            let built_in: Vec<(String, String)> = builtin_for(blueprint)
                .iter()
                .map(|card| (card.blueprint().to_owned(), card.identifier().to_owned()))
                .collect();
            assert_eq!((&pies, &columns), (&built_in, &built_in));
        }
    }
}
