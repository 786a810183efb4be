//! The macro `words`, which defines an enum from the fixed words that users can write in a certain place.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum $name { $($(#[$meaning])* $variant,)* }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word, as users write it.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The variant for a word; `None` for an unknown word.
            pub(crate) fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == word)
            }

            /// All words.
            pub(crate) fn names() -> impl Iterator<Item = &'static str> {
                Self::ALL.iter().map(|known| known.name())
            }
        }
    };
}

pub(crate) use words;
