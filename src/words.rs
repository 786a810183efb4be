//! The macro behind every closed list of words that users write.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum $name { $($variant,)* }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As a user writes it.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub(crate) fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == word)
            }

            pub(crate) fn names() -> impl Iterator<Item = &'static str> {
                Self::ALL.iter().map(|known| known.name())
            }
        }
    };
}

pub(crate) use words;
