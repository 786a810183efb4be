//! Badges: the level of an entity in a scorecard as a small image for its README, and as JSON for shields.io.

mod collect;
mod file_name;
mod json;
mod model;
mod svg;
mod text_width;

pub(crate) use collect::{Badges, EntityBadges};
pub(crate) use file_name::{BadgeFiles, IGNORES_CASE, LONGEST, differ_in_case, file_name};
