//! Bad usage.
