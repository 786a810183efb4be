//! Reads entities that a program already has in memory.

use super::decode::{Decoded, Decoder};
use super::model::Entity;
use super::rejection::Rejection;
use super::wanted::Wanted;
use crate::diagnostic::Diagnostic;
use crate::json::{Scanner, Specials};

impl Entity<'static> {
    /// Reads an entity from a JSON value: an entity with `properties`, or a flat row, which has its properties
    /// beside its identifier.
    ///
    /// # Errors
    /// Returns a problem without a place if the value is not an entity.
    ///
    /// ```
    /// use dora_score::{Entity, Value, Wanted};
    /// use serde_json::json;
    ///
    /// let mut wanted = Wanted::new("service");
    /// let on_call = wanted.include_property("on_call").ok_or("unknown meta-property")?;
    /// let value = json!({"identifier": "checkout", "team": "payments", "properties": {"on_call": "ada"}});
    /// let entity = Entity::from_value(&value, &wanted)?;
    /// assert_eq!((entity.identifier(), entity.team()), ("checkout", &["payments".into()][..]));
    /// // without a title, its identifier; without a blueprint, the default of the scorecards applies
    /// assert_eq!((entity.title(), entity.blueprint()), ("checkout", None));
    /// assert_eq!(entity.value(on_call), &Value::Text("ada".into()));
    /// let row = Entity::from_value(&json!({"identifier": "checkout", "on_call": "ada"}), &wanted)?;
    /// assert_eq!(row.value(on_call), entity.value(on_call));
    ///
    /// let problem = Entity::from_value(&json!({"title": "Checkout"}), &wanted).unwrap_err();
    /// assert_eq!(problem.code.name(), "missing-identifier");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_value(value: &serde_json::Value, wanted: &Wanted) -> Result<Self, Diagnostic> {
        let text = value.to_string();
        let specials = Specials::new(&text);
        let mut scanner = Scanner::new(&text, &specials, true);
        let mut entity = Entity::blank(wanted);
        let decoded = Decoder::new(wanted).decode(&mut scanner, &mut entity);
        match decoded {
            Ok(Decoded::Element) => Ok(entity.to_owned()),
            Ok(Decoded::Many(_) | Decoded::One(_)) => {
                Err(Rejection::missing_identifier("the entity has no `identifier`", 0).diagnostic().0)
            }
            Err(rejection) => Err(rejection.diagnostic().0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::value::Value;
    use serde_json::json;

    #[test]
    fn a_value_is_read_like_an_entity_of_a_stream() {
        let mut wanted = Wanted::new("service");
        let (number, text) = (wanted.include_own_property("n"), wanted.include_own_property("t"));
        let relation = wanted.include_relation("r");
        let value = json!({
            "identifier": "a", "team": ["x", ""], "properties": {"n": 1.5, "t": "\"é\n"}, "relations": {"r": null},
        });
        let entity = Entity::from_value(&value, &wanted).unwrap();
        assert_eq!((entity.identifier(), entity.title(), entity.blueprint()), ("a", "a", None));
        assert_eq!(entity.team(), ["x"]);
        assert_eq!(entity.value(number), &Value::Number(1.5));
        assert_eq!(entity.value(text), &Value::Text("\"é\n".into()));
        assert_eq!(entity.value(relation), &Value::Null);
        let row = Entity::from_value(&json!({"n": 1.5, "identifier": "b"}), &wanted).unwrap();
        assert_eq!(row.value(number), &Value::Number(1.5));
    }

    #[test]
    fn a_value_that_is_not_one_entity_is_rejected() {
        let cases = [
            (json!(7), Code::WrongType),
            (json!({}), Code::MissingIdentifier),
            (json!({"identifier": ""}), Code::MissingIdentifier),
            (json!({"identifier": "a", "properties": 3}), Code::WrongType),
            (json!({"entities": [{"identifier": "a"}]}), Code::MissingIdentifier),
            (json!([{"identifier": "a"}]), Code::WrongType),
        ];
        for (value, code) in cases {
            let problem = Entity::from_value(&value, &Wanted::default()).unwrap_err();
            assert_eq!(problem.code, code, "{value}");
        }
    }
}
