//! The kinds of events.

/// A kind of events. Each kind has a feed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventKind {
    Deployment,
    Change,
    Incident,
}

impl EventKind {
    /// One event of this kind.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Deployment => "deployment",
            Self::Change => "change",
            Self::Incident => "incident",
        }
    }

    /// Several events of this kind.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Deployment => "deployments",
            Self::Change => "changes",
            Self::Incident => "incidents",
        }
    }
}
