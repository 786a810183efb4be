//! The keys of pages that are read. Values under other keys are checked but not kept, so they take no memory.

use crate::json::Shape;

static SCALAR: Shape = Shape::SCALAR;
static NAMES: Shape = Shape::array(&SCALAR);
/// An object of which only the keys are read.
static KEYS: Shape = Shape::object(&[]);

/// A file: a page, or a response of the Port API with one. The other keys recognize files that are not pages.
pub(super) static FILE: Shape = Shape {
    elements: Some(&KEYS),
    members: Some(&[
        ("page", &FILE),
        ("identifier", &SCALAR),
        ("title", &SCALAR),
        ("description", &SCALAR),
        ("blueprint", &SCALAR),
        ("layout", &LAYOUT),
        ("widgets", &WIDGETS),
        ("page_filters", &FILTERS),
        ("pageFilters", &FILTERS),
        ("filters", &FILTERS),
        ("kind", &SCALAR),
    ]),
    others: None,
};

static FILTERS: Shape = Shape::array(&FILTER);
static FILTER: Shape = Shape::object(&[("title", &SCALAR), ("query", &DATASET)]);

static LAYOUT: Shape = Shape::array(&ROW);
static ROW: Shape = Shape::object(&[("columns", &COLUMNS)]);
static COLUMNS: Shape = Shape::array(&COLUMN);
static COLUMN: Shape = Shape::object(&[("id", &SCALAR), ("size", &SCALAR)]);

static WIDGETS: Shape = Shape::array(&WIDGET);

static WIDGET: Shape = Shape::object(&[
    ("id", &SCALAR),
    ("type", &SCALAR),
    ("title", &SCALAR),
    ("description", &SCALAR),
    ("layout", &LAYOUT),
    ("widgets", &WIDGETS),
    ("blueprint", &SCALAR),
    ("dataset", &DATASET),
    ("property", &SCALAR),
    ("emptyStateText", &SCALAR),
    ("chartType", &SCALAR),
    ("calculationBy", &SCALAR),
    ("func", &SCALAR),
    ("function", &SCALAR),
    ("source", &SCALAR),
    ("markdown", &SCALAR),
    ("displayMode", &SCALAR),
    ("excludedFields", &NAMES),
    ("blueprintConfig", &TABS),
]);

/// The settings of a table, by blueprint.
static TABS: Shape = Shape::map(&TAB);

static TAB: Shape = Shape::object(&[
    ("title", &SCALAR),
    ("hidden", &SCALAR),
    ("tabIndex", &SCALAR),
    ("propertiesSettings", &COLUMN_SETTINGS),
    ("groupSettings", &GROUP_SETTINGS),
    ("sortSettings", &SORT_SETTINGS),
    ("filterSettings", &FILTER_SETTINGS),
]);

static COLUMN_SETTINGS: Shape = Shape::object(&[("shown", &NAMES), ("hidden", &NAMES), ("order", &NAMES)]);
static GROUP_SETTINGS: Shape = Shape::object(&[("groupBy", &NAMES)]);
static SORT_SETTINGS: Shape = Shape::object(&[("sortBy", &SORTS)]);
static SORTS: Shape = Shape::array(&SORT);
static SORT: Shape = Shape::object(&[("property", &SCALAR), ("order", &SCALAR)]);
static FILTER_SETTINGS: Shape = Shape::object(&[("filterBy", &DATASET)]);

/// A group of rules, a list of rules, or a rule.
static DATASET: Shape = Shape {
    elements: Some(&DATASET),
    members: Some(&[
        ("combinator", &SCALAR),
        ("rules", &DATASET),
        ("conditions", &DATASET),
        ("blueprint", &SCALAR),
        ("property", &KEYS),
        ("relation", &SCALAR),
        ("targetProperty", &SCALAR),
        ("scorecard", &SCALAR),
        ("propertySchema", &SCALAR),
        ("operator", &SCALAR),
        ("not", &SCALAR),
        ("value", &VALUE),
    ]),
    others: None,
};

/// A scalar, an array of scalars, a date object, or a value that depends on the user.
static VALUE: Shape = Shape {
    elements: Some(&SCALAR),
    members: Some(&[("from", &SCALAR), ("to", &SCALAR), ("preset", &SCALAR), ("context", &SCALAR)]),
    others: None,
};
