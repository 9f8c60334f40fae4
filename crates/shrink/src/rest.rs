//! The second part: functions that take the place of the first part's stubs as soon as it is instantiated.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, FunctionSection, ImportSection, RawSection,
};

use crate::function::{Call, Writer};
use crate::module::{Module, section, text};
use crate::seam::Seam;
use crate::share::export_name;
use crate::texts::Texts;

/// What the second part calls the first by, in its imports.
const FIRST: &str = "a";

/// Writes it.
pub(crate) fn rest(module: &Module<'_>, seam: &Seam, texts: &Texts) -> Result<Vec<u8>, String> {
    let order = seam.needed.keys().chain(&seam.rest);
    let index: BTreeMap<u32, u32> = order.copied().zip(0..).collect();

    let mut functions = FunctionSection::new();
    for function in &seam.rest {
        functions.function(module.function_types[*function as usize]);
    }
    let mut writer = Writer { module, table: seam.table, call: |function: u32| Call::Direct(index[&function]) };
    let mut code = CodeSection::new();
    for function in &seam.rest {
        code.function(&writer.function(*function, &[])?);
    }

    let mut out = wasm_encoder::Module::new();
    if let Some(data) = module.raw(section::TYPE) {
        out.section(&RawSection { id: section::TYPE, data });
    }
    out.section(&imports(module, seam)?);
    out.section(&functions);
    out.section(&elements(seam, &index));
    out.section(&code);
    out.section(&texts.rest());
    Ok(out.finish())
}

/// What the first part exports for it, and functions by the slots in which they stand there.
fn imports(module: &Module<'_>, seam: &Seam) -> Result<ImportSection, String> {
    let mut same = RoundtripReencoder;
    let mut shared = vec![EntityType::Memory(same.memory_type(module.memory).map_err(text)?)];
    shared.extend(seam.tables(module)?.into_iter().map(EntityType::Table));
    for global in &module.globals {
        shared.push(EntityType::Global(same.global_type(*global).map_err(text)?));
    }
    let mut imports = ImportSection::new();
    for (number, entity) in shared.into_iter().enumerate() {
        imports.import(FIRST, &export_name(number), entity);
    }
    for (function, slot) in &seam.needed {
        let ty = module.function_types[*function as usize];
        imports.import(FIRST, &slot.to_string(), EntityType::Function(ty));
    }
    Ok(imports)
}

/// The functions that stand in slots of the table, a segment for each run of neighbouring slots.
fn elements(seam: &Seam, index: &BTreeMap<u32, u32>) -> ElementSection {
    let mut by_slot: Vec<(u32, u32)> = seam.entries.iter().map(|(function, slot)| (*slot, index[function])).collect();
    by_slot.sort_unstable();
    let mut elements = ElementSection::new();
    for run in by_slot.chunk_by(|before, after| before.0 + 1 == after.0) {
        let functions: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
        let at = ConstExpr::i32_const(run[0].0.cast_signed());
        elements.active((seam.table != 0).then_some(seam.table), &at, Elements::Functions(functions.into()));
    }
    elements
}
