//! The first part: a module like the whole one, with stubs for the functions of the rest.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Instruction, RawSection, TableSection,
};
use wasmparser::ExternalKind;

use crate::function::{Call, Writer};
use crate::module::{Module, section, text};
use crate::seam::Seam;
use crate::share::export_name;
use crate::short::Short;
use crate::texts::Texts;

/// Writes it.
pub(crate) fn first(module: &Module<'_>, seam: &Seam, texts: &Texts, short: &Short) -> Result<Vec<u8>, String> {
    let kept: Vec<u32> = module.own().filter(|function| !seam.rest.contains(function)).collect();
    // Imported functions stay where they are; those that are kept close ranks; the stubs follow.
    let stubs = seam.stubs(module);
    let order = (0..module.imported_functions).chain(kept.iter().copied()).chain(stubs.iter().copied());
    let index: BTreeMap<u32, u32> = order.zip(0..).collect();

    let mut functions = FunctionSection::new();
    for function in kept.iter().chain(&stubs) {
        functions.function(module.function_types[*function as usize]);
    }

    let mut out = wasm_encoder::Module::new();
    let raw = |out: &mut wasm_encoder::Module, id: u8| {
        if let Some(data) = module.raw(id) {
            out.section(&RawSection { id, data });
        }
    };
    raw(&mut out, section::TYPE);
    out.section(&imports(module, short));
    out.section(&functions);
    out.section(&tables(module, seam)?);
    raw(&mut out, section::MEMORY);
    raw(&mut out, section::GLOBAL);
    out.section(&exports(module, short, &index)?);
    out.section(&elements(module, seam, &index));
    out.section(&code(module, seam, (&kept, &stubs), &index)?);
    out.section(&texts.first());
    Ok(out.finish())
}

fn imports(module: &Module<'_>, short: &Short) -> ImportSection {
    let mut imports = ImportSection::new();
    for (import, ty) in module.imports.iter().zip(&module.function_types) {
        imports.import(import.module, short.name(import.name), EntityType::Function(*ty));
    }
    imports
}

fn tables(module: &Module<'_>, seam: &Seam) -> Result<TableSection, String> {
    let mut tables = TableSection::new();
    for ty in seam.tables(module)? {
        tables.table(ty);
    }
    Ok(tables)
}

/// What the whole module exports, and what the second part takes of the first.
fn exports(module: &Module<'_>, short: &Short, index: &BTreeMap<u32, u32>) -> Result<ExportSection, String> {
    let mut exports = ExportSection::new();
    // wasm-bindgen's globals are for programs that unwind; ours abort.
    for export in module.exports.iter().filter(|export| export.kind != ExternalKind::Global) {
        let at = if export.kind == ExternalKind::Func { index[&export.index] } else { export.index };
        exports.export(short.name(export.name), RoundtripReencoder.export_kind(export.kind).map_err(text)?, at);
    }
    // The loader looks at where the stack ends. The linker puts that first.
    if let Some(stack) = module.globals.iter().position(|global| global.mutable) {
        exports.export("stack", ExportKind::Global, stack as u32);
    }
    let tables = (0..module.tables.len() as u32).map(|table| (ExportKind::Table, table));
    let globals = (0..module.globals.len() as u32).map(|global| (ExportKind::Global, global));
    let shared = [(ExportKind::Memory, 0)].into_iter().chain(tables).chain(globals);
    for (number, (kind, at)) in shared.enumerate() {
        let name = export_name(number);
        if module.exports.iter().any(|export| export.name == name) {
            return Err(format!("it exports something under the name {name} already."));
        }
        exports.export(&name, kind, at);
    }
    Ok(exports)
}

fn elements(module: &Module<'_>, seam: &Seam, index: &BTreeMap<u32, u32>) -> ElementSection {
    let mut elements = ElementSection::new();
    let mut segment = |table: u32, from: u32, functions: &[u32]| {
        let functions: Vec<u32> = functions.iter().map(|function| index[function]).collect();
        let at = ConstExpr::i32_const(from.cast_signed());
        elements.active((table != 0).then_some(table), &at, Elements::Functions(functions.into()));
    };
    for list in &module.elements {
        segment(list.table, list.from, &list.functions);
    }
    segment(seam.table, seam.added_from, &seam.added);
    elements
}

fn code(
    module: &Module<'_>,
    seam: &Seam,
    (kept, stubs): (&[u32], &[u32]),
    index: &BTreeMap<u32, u32>,
) -> Result<CodeSection, String> {
    let call = |function: u32| match seam.entries.get(&function) {
        Some(slot) => Call::Slot(*slot),
        None => Call::Direct(index[&function]),
    };
    let mut writer = Writer { module, table: seam.table, call };
    let mut code = CodeSection::new();
    for function in kept {
        code.function(&writer.function(*function, &[])?);
    }
    for function in stubs {
        let slot = seam.entries[function];
        let ty = &module.types[module.function_types[*function as usize] as usize];
        let mut stub = Function::new([]);
        stub.instruction(&Instruction::Call(index[&seam.bring]));
        for parameter in 0..ty.params().len() as u32 {
            stub.instruction(&Instruction::LocalGet(parameter));
        }
        stub.instruction(&Instruction::I32Const(slot.cast_signed()));
        stub.instruction(&writer.indirectly(*function));
        stub.instruction(&Instruction::End);
        code.function(&stub);
    }
    Ok(code)
}
