//! A strict reader of HTML: what browsers would repair is an error here.

use html5gum::{DefaultEmitter, Error, Token, Tokenizer};
use std::collections::BTreeMap;

/// Elements without content.
const VOID: [&str; 8] = ["meta", "input", "br", "hr", "img", "link", "col", "wbr"];

/// Complaints about characters that HTML discourages and browsers keep. Attributes hold identifiers as they are.
const IS_TEXT: [Error; 4] = [
    Error::ControlCharacterInInputStream,
    Error::ControlCharacterReference,
    Error::NoncharacterInInputStream,
    Error::NoncharacterCharacterReference,
];

#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    Text(String),
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a page is UTF-8")
}

impl Element {
    /// Reads a whole page. Every start of an element must have its end, and the tokenizer must not complain.
    pub(crate) fn parse(text: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut open = vec![Self::default()];
        let mut has_doctype = false;
        for token in Tokenizer::new_with_emitter(text, emitter) {
            match token.expect("a text can be read") {
                Token::StartTag(tag) => {
                    let attributes =
                        tag.attributes.iter().map(|(name, value)| (utf8(name), utf8(&value.value)));
                    let element = Self {
                        name: utf8(&tag.name),
                        attributes: attributes.collect(),
                        children: Vec::new(),
                    };
                    if tag.self_closing || VOID.contains(&element.name.as_str()) {
                        last(&mut open).children.push(Child::Element(element));
                    } else {
                        open.push(element);
                    }
                }
                Token::EndTag(tag) => {
                    let element = open.pop().expect("something is open");
                    assert_eq!(element.name, utf8(&tag.name), "an end without its start");
                    last(&mut open).children.push(Child::Element(element));
                }
                Token::String(text) => last(&mut open).children.push(Child::Text(utf8(&text.value))),
                Token::Comment(text) => panic!("a comment: {}", utf8(&text.value)),
                Token::Doctype(doctype) => {
                    assert!(!doctype.force_quirks && utf8(&doctype.name) == "html");
                    has_doctype = true;
                }
                Token::Error(error) => assert!(IS_TEXT.contains(&error.value), "{:?}", error.value),
            }
        }
        assert!(has_doctype, "no doctype");
        let [root] =
            <[Self; 1]>::try_from(open).unwrap_or_else(|open| panic!("{} is not closed", open[1].name));
        root
    }

    /// All elements inside, in the order of the text.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'e>(&'e self, found: &mut Vec<&'e Self>) {
        for child in &self.children {
            if let Child::Element(element) = child {
                found.push(element);
                element.collect(found);
            }
        }
    }

    pub(crate) fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// All elements inside that have an attribute.
    pub(crate) fn with(&self, attribute: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|element| element.has(attribute)).collect()
    }

    pub(crate) fn has(&self, attribute: &str) -> bool {
        self.attributes.contains_key(attribute)
    }

    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// The value of an attribute that must be there.
    pub(crate) fn value(&self, attribute: &str) -> &str {
        self.get(attribute).unwrap_or_else(|| panic!("no {attribute} on {} {:?}", self.name, self.attributes))
    }

    /// A whole number in an attribute that must be there.
    pub(crate) fn number(&self, attribute: &str) -> usize {
        self.value(attribute).parse().unwrap_or_else(|_| panic!("no number: {}", self.value(attribute)))
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The text inside, as it stands.
    pub(crate) fn raw_text(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Child::Text(text) => text.clone(),
                Child::Element(element) => element.raw_text(),
            })
            .collect()
    }

    /// The text that is for people, without runs of white space: not that of the script and the style sheet.
    pub(crate) fn text(&self) -> String {
        let mut words = String::new();
        self.add_text(&mut words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, words: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => words.push_str(text),
                Child::Element(element) if ["script", "style"].contains(&element.name.as_str()) => {}
                Child::Element(element) => {
                    words.push(' ');
                    element.add_text(words);
                    words.push(' ');
                }
            }
        }
    }
}

fn last(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the root is never closed")
}

#[test]
fn elements_attributes_and_texts_are_read() {
    let root = Element::parse(
        "<!DOCTYPE html><html><head><meta a=1><style>a > b { }</style></head><body data-x=\"&lt;&#13;&quot;\">a<p>b &amp; c</p>\
         <script>if (a < b && \"</p>\") {}</script></body></html>",
    );
    let body = root.named("body")[0];
    assert_eq!((body.value("data-x"), body.text().as_str()), ("<\r\"", "a b & c"));
    assert_eq!(root.named("script")[0].raw_text(), "if (a < b && \"</p>\") {}");
    assert_eq!((root.named("p").len(), root.with("a").len()), (1, 1));
}

#[test]
fn pages_that_browsers_would_repair_are_errors() {
    for broken in ["<p><b></p></b>", "<p>", "</p>", "<p a=1 a=2></p>", "<!-- x -->", "<p a=\"\0\"></p>"] {
        let page = format!("<!DOCTYPE html><html>{broken}</html>");
        std::panic::catch_unwind(|| Element::parse(&page)).expect_err(broken);
    }
}
