//! The option that names the blueprint of what does not name one itself.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

/// The help of the option in commands without scorecards.
pub(crate) const OF_SERVICES: &str = "Blueprint of services, and of entities that do not name one";

/// The option `--blueprint`.
#[derive(Args)]
pub(crate) struct BlueprintArgument {
    /// Blueprint that the built-in service scorecards grade, and that scorecards and entities without one have
    #[arg(long, value_name = "NAME", default_value = "service", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) blueprint: String,
}
