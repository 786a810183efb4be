//! The words for the status of deployments and changes. The words of many tools are known, in any spelling.

use std::borrow::Cow;

/// The meaning of the status of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeploymentStatus {
    Successful,
    Failed,
    /// Any other word: the deployment is not finished, or was never started.
    Unfinished,
}

/// The words for a successful deployment. GitHub writes `inactive` for one that a later deployment replaced.
pub(super) const SUCCESSFUL: [&str; 11] = [
    "success",
    "succeeded",
    "successful",
    "ok",
    "passed",
    "active",
    "inactive",
    "finished",
    "completed",
    "deployed",
    "done",
];
/// The words for a failed deployment.
pub(super) const FAILED: [&str; 6] = ["failed", "failure", "error", "errored", "timedout", "rolledback"];
/// The words for a change that counts.
pub(super) const MERGED: [&str; 5] = ["merged", "deployed", "success", "released", "done"];
/// The word for a change that counts if it was merged.
pub(super) const CLOSED: &str = "closed";

impl DeploymentStatus {
    /// The meaning of a word. A deployment without a status is successful.
    pub(super) fn of(word: Option<&str>) -> Self {
        let Some(word) = word else { return Self::Successful };
        let word = plain(word);
        if SUCCESSFUL.contains(&&*word) {
            Self::Successful
        } else if FAILED.contains(&&*word) {
            Self::Failed
        } else {
            Self::Unfinished
        }
    }
}

/// Whether a change with this status counts.
pub(super) fn is_merged(word: Option<&str>, has_merge_time: bool) -> bool {
    let Some(word) = word else { return true };
    let word = plain(word);
    MERGED.contains(&&*word) || word == CLOSED && has_merge_time
}

/// The word in lower case, without `_`, `-` and spaces. Most words are already plain.
fn plain(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(
        word.chars()
            .filter(|letter| !matches!(letter, '_' | '-' | ' '))
            .flat_map(char::to_lowercase)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_separators_do_not_matter() {
        for (word, status) in [
            ("Success", DeploymentStatus::Successful),
            ("TIMED_OUT", DeploymentStatus::Failed),
            ("rolled-back", DeploymentStatus::Failed),
            ("Rolled Back", DeploymentStatus::Failed),
            ("in_progress", DeploymentStatus::Unfinished),
            ("success!", DeploymentStatus::Unfinished),
        ] {
            assert_eq!(DeploymentStatus::of(Some(word)), status, "{word}");
        }
        assert_eq!(DeploymentStatus::of(None), DeploymentStatus::Successful);
    }

    #[test]
    fn a_closed_change_counts_only_if_it_was_merged() {
        for (word, has_merge_time, counts) in [
            (None, false, true),
            (Some("MERGED"), false, true),
            (Some("closed"), true, true),
            (Some("closed"), false, false),
            (Some("open"), true, false),
        ] {
            assert_eq!(is_merged(word, has_merge_time), counts, "{word:?} {has_merge_time}");
        }
    }
}
