//! A module that notes which of its functions ran: a byte for each in a memory of its own, exported as `ran`.

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ExportKind, ExportSection, Instruction, MemArg, MemArgTarget, MemorySection, MemoryType, RawSection,
};

use crate::function::{Call, Writer};
use crate::module::{Module, section, text};

/// A page of memory, and thus the most functions that are counted.
const PAGE: usize = 65_536;

/// Writes it.
pub(crate) fn counting(module: &Module<'_>) -> Result<Vec<u8>, String> {
    if module.bodies.len() > PAGE {
        return Err(format!("it has more than {PAGE} functions: count them in more than one page."));
    }
    let mut writer = Writer { module, table: 0, call: Call::Direct };
    let mut code = CodeSection::new();
    for (number, function) in module.own().enumerate() {
        let note = [
            // Checked above.
            Instruction::I32Const(number as i32),
            Instruction::I32Const(1),
            Instruction::I32Store8(MemArg { offset: 0, align: 0, target: MemArgTarget::Memory(1), ordering: None }),
        ];
        code.function(&writer.function(function, &note)?);
    }
    let mut memories = MemorySection::new();
    memories.memory(RoundtripReencoder.memory_type(module.memory).map_err(text)?);
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    for export in &module.exports {
        let kind = RoundtripReencoder.export_kind(export.kind).map_err(text)?;
        exports.export(export.name, kind, export.index);
    }
    exports.export("ran", ExportKind::Memory, 1);

    let mut out = wasm_encoder::Module::new();
    for (id, data) in module.raw.iter().copied().filter(|(id, _)| *id != 0) {
        match id {
            section::MEMORY => out.section(&memories),
            section::EXPORT => out.section(&exports),
            section::CODE => out.section(&code),
            _ => out.section(&RawSection { id, data }),
        };
    }
    Ok(out.finish())
}
