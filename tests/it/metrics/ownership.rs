//! Services and teams.
