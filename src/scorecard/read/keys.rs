//! The keys of scorecard files that are read. Values under other keys are checked but not kept, so they take no memory.

use crate::json::Shape;

static SCALAR: Shape = Shape::SCALAR;

/// A file: a scorecard, an array of scorecards, or a response of the Port API.
pub(super) static FILE: Shape = Shape {
    elements: Some(&SCORECARD),
    members: Some(&[
        ("identifier", &SCALAR),
        ("title", &SCALAR),
        ("description", &SCALAR),
        ("blueprint", &SCALAR),
        ("levels", &LEVELS),
        ("filter", &QUERY),
        ("rules", &RULES),
        ("properties", &BODY),
        ("scorecards", &SCORECARDS),
        ("entities", &SCORECARDS),
        ("scorecard", &SCORECARD),
        ("entity", &SCORECARD),
    ]),
    others: None,
};

static SCORECARDS: Shape = Shape::array(&SCORECARD);

static SCORECARD: Shape = Shape::object(&[
    ("identifier", &SCALAR),
    ("title", &SCALAR),
    ("description", &SCALAR),
    ("blueprint", &SCALAR),
    ("levels", &LEVELS),
    ("filter", &QUERY),
    ("rules", &RULES),
    ("properties", &BODY),
]);

/// The properties of a scorecard that is an entity.
static BODY: Shape = Shape::object(&[
    ("description", &SCALAR),
    ("blueprint", &SCALAR),
    ("levels", &LEVELS),
    ("filter", &QUERY),
    ("rules", &RULES),
]);

static LEVELS: Shape = Shape::array(&LEVEL);

static LEVEL: Shape = Shape::object(&[("title", &SCALAR), ("color", &SCALAR)]);

static RULES: Shape = Shape::array(&RULE);

static RULE: Shape = Shape::object(&[
    ("identifier", &SCALAR),
    ("title", &SCALAR),
    ("description", &SCALAR),
    ("level", &SCALAR),
    ("query", &QUERY),
]);

static QUERIES: Shape = Shape::array(&QUERY);

/// A query or a condition.
static QUERY: Shape = Shape::object(&[
    ("combinator", &SCALAR),
    ("conditions", &QUERIES),
    ("rules", &QUERIES),
    ("property", &SCALAR),
    ("relation", &SCALAR),
    ("operator", &SCALAR),
    ("not", &SCALAR),
    ("value", &VALUE),
]);

/// A scalar, an array of scalars, or a date object.
static VALUE: Shape = Shape {
    elements: Some(&SCALAR),
    members: Some(&[("from", &SCALAR), ("to", &SCALAR), ("preset", &SCALAR)]),
    others: None,
};
