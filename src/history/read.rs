//! Reads a side: a result document, its entities, or entities as Port exports them.

use super::catalog::SharedCatalog;
use super::document::DocumentKey;
use super::elements::{ResultElement, Results};
use super::selection::Selection;
use super::side::{EntityNames, Side, SideBlock};
use crate::diagnostic::Diagnostic;
use crate::entity::{Input, Progress, Settings, Worker, fold};

/// How sides are read.
pub(crate) struct Reading<'h> {
    pub(crate) catalog: &'h SharedCatalog,
    pub(crate) selection: &'h Selection,
    /// The blueprint of entities that do not name one.
    pub(crate) default_blueprint: &'h str,
    pub(crate) settings: Settings,
}

/// The results of a block, and the members of the document that are in it.
#[derive(Default)]
struct ResultBlock {
    side: SideBlock,
    members: Vec<(DocumentKey, String)>,
}

#[derive(Default)]
struct ResultWorker<'h> {
    block: ResultBlock,
    of: std::marker::PhantomData<Results<'h>>,
}

impl<'h> Worker for ResultWorker<'h> {
    type Elements = Results<'h>;
    type Part = ResultBlock;

    #[expect(clippy::expect_used, reason = "the decoder gives every entity a blueprint")]
    fn element(&mut self, element: &ResultElement<'_>) {
        let ResultElement { identifier, title, blueprint, teams, is_selected, results, member, .. } = element;
        if let Some((key, value)) = member {
            self.block.members.push((*key, (*value).to_owned()));
            return;
        }
        let blueprint = blueprint.expect("a decoded entity has a blueprint");
        if !is_selected {
            self.block.side.left_out += 1;
            return;
        }
        let title = title.as_deref().unwrap_or(identifier);
        self.block
            .side
            .push(EntityNames { identifier, title, blueprint, teams: *teams }, results.iter().copied());
    }

    fn take(&mut self) -> ResultBlock {
        std::mem::take(&mut self.block)
    }
}

impl Reading<'_> {
    /// Reads the side with this name.
    ///
    /// # Errors
    /// Returns the first problem of the input.
    pub(crate) fn read(
        &self,
        name: &str,
        inputs: Vec<Input<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Side, Diagnostic> {
        let mut side = Side::new(name);
        let results = Results::new(self.catalog, self.selection, self.default_blueprint);
        let commit = |block: &mut ResultBlock| {
            for (key, value) in block.members.drain(..) {
                side.document.set(key, &value, name)?;
            }
            side.absorb(&block.side, |blueprint| self.catalog.blueprint_name(blueprint))
        };
        fold(inputs, &results, self.settings, ResultWorker::default, progress, commit)?;
        side.document.check(side.len() as u64 + side.left_out, name)?;
        Ok(side)
    }
}
