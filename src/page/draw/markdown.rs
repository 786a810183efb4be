//! The text of a Markdown widget. It leads to web and mail addresses only, and loads nothing.

use super::text::Exact;
use crate::terminal::clean;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{
    Alignment, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html::push_html,
};

/// The schemes of addresses that a link may have.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Renders Markdown. Raw HTML is dropped, and an image becomes a link to it. `above` is the level of the heading above
/// the text.
pub(super) fn markdown(text: &str, above: u8) -> Markup {
    let mut written = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events =
        Safe { events: Parser::new_ext(text, options), open: Vec::new(), link: None, above, heading: above };
    push_html(&mut written, events);
    PreEscaped(written)
}

/// Makes the events of a text safe.
struct Safe<I> {
    events: I,
    /// For each open link or image, whether its start was written.
    open: Vec<bool>,
    /// The address of the open link while it has no text yet. There is no link in a link.
    link: Option<OpenLink>,
    /// The level of the heading above the text, and of the last one.
    above: u8,
    heading: u8,
}

struct OpenLink {
    address: String,
    has_text: bool,
}

impl<'e, I: Iterator<Item = Event<'e>>> Safe<I> {
    fn start(&mut self, address: &str, title: &str) -> Event<'e> {
        let is_written = self.link.is_none() && is_allowed(address);
        self.open.push(is_written);
        if !is_written {
            return nothing();
        }
        self.link = Some(OpenLink { address: address.to_owned(), has_text: false });
        let title = (!title.is_empty()).then(|| clean(title).into_owned());
        let link = html! { a href=(Exact(address)) title=[title] rel="noopener noreferrer" {} }.into_string();
        Event::InlineHtml(CowStr::from(link.trim_end_matches("</a>").to_owned()))
    }

    fn end(&mut self) -> Event<'e> {
        if self.open.pop() != Some(true) {
            return nothing();
        }
        let bare = self.link.take().filter(|link| !link.has_text);
        let text = bare.map(|link| clean(link.address).into_owned()).unwrap_or_default();
        let end = html! { (text) }.into_string() + "</a>";
        Event::InlineHtml(CowStr::from(end))
    }

    /// A text without control characters.
    fn text(&mut self, text: &str) -> CowStr<'e> {
        if let Some(link) = &mut self.link {
            link.has_text |= !text.trim().is_empty();
        }
        CowStr::from(text.split('\n').map(|line| clean(line).into_owned()).collect::<Vec<_>>().join("\n"))
    }

    /// The level of a heading among those of the page, without a gap.
    fn heading(&mut self, level: HeadingLevel) -> HeadingLevel {
        self.heading = (level as u8).saturating_add(self.above).min(self.heading + 1).min(6);
        HeadingLevel::try_from(usize::from(self.heading)).unwrap_or(HeadingLevel::H6)
    }
}

fn nothing<'e>() -> Event<'e> {
    Event::Text(CowStr::Borrowed(""))
}

fn is_allowed(address: &str) -> bool {
    let has =
        |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(has)
}

impl<'e, I: Iterator<Item = Event<'e>>> Iterator for Safe<I> {
    type Item = Event<'e>;

    fn next(&mut self) -> Option<Event<'e>> {
        Some(match self.events.next()? {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock)
            | Event::End(TagEnd::HtmlBlock) => nothing(),
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, .. }) => {
                self.start(&format!("mailto:{dest_url}"), &title)
            }
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                self.start(&dest_url, &title)
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end(),
            Event::Text(text) => Event::Text(self.text(&text)),
            Event::Code(text) => Event::Code(self.text(&text)),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = self.heading(level);
                Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(_)) => {
                let level = HeadingLevel::try_from(usize::from(self.heading)).unwrap_or(HeadingLevel::H6);
                Event::End(TagEnd::Heading(level))
            }
            // alignment would become a `style` attribute, which the policy of the page forbids
            Event::Start(Tag::Table(columns)) => {
                Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(text: &str) -> String {
        markdown(text, 1).into_string()
    }

    #[test]
    fn raw_html_and_other_schemes_are_dropped() {
        for (text, expected) in [
            ("a <b onclick=x>b</b> <script>alert(1)</script>", "<p>a b alert(1)</p>\n"),
            ("<div>\n<script>x</script>\n</div>", ""),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](data:text/html,x) [y](/z) [z](#a)", "<p>x y z</p>\n"),
            ("&lt;script&gt; \"q\"", "<p>&lt;script&gt; \"q\"</p>\n"),
        ] {
            assert_eq!(html_of(text), expected, "{text}");
        }
    }

    #[test]
    fn links_lead_outside_and_images_become_links() {
        let link = |address: &str, text: &str| {
            format!("<p><a href=\"{address}\" rel=\"noopener noreferrer\">{text}</a></p>\n")
        };
        for (text, expected) in [
            ("[x](HTTPS://e.org/?a&b)", link("HTTPS://e.org/?a&amp;b", "x")),
            ("<a@e.org>", link("mailto:a@e.org", "a@e.org")),
            ("![alt *text*](https://e.org/x.png)", link("https://e.org/x.png", "alt <em>text</em>")),
            ("![](https://e.org/x.png)", link("https://e.org/x.png", "https://e.org/x.png")),
            ("[![alt](https://e.org/x.png)](https://e.org)", link("https://e.org", "alt")),
            ("[x](https://e.org/\"onclick=\")", link("https://e.org/&quot;onclick=&quot;", "x")),
        ] {
            assert_eq!(html_of(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_go_below_those_of_the_page_and_tables_have_no_style() {
        assert_eq!(html_of("# a\n### b"), "<h2>a</h2>\n<h3>b</h3>\n");
        assert_eq!(html_of("###### a"), "<h2>a</h2>\n");
        assert!(!html_of("|a|\n|:-:|\n|b|").contains("style"));
        assert_eq!(html_of("a\u{202e}b `\u{1b}`"), "<p>a\u{fffd}b <code>␛</code></p>\n");
        assert_eq!(html_of("    a\n    b"), "<pre><code>a\nb</code></pre>\n");
    }
}
