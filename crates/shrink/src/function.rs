use wasm_encoder::reencode::Reencode;
use wasm_encoder::{Function, Instruction};
use wasmparser::Operator;

use crate::module::{Module, text};

/// How a part writes a call of a function of the whole module.
pub(crate) enum Call {
    /// By its index in this part.
    Direct(u32),
    /// Through the slot of a table.
    Slot(u32),
}

/// Writes the functions of a part anew: everything as it was, but for whom the calls go to.
pub(crate) struct Writer<'m, 'a, F> {
    pub(crate) module: &'m Module<'a>,
    pub(crate) table: u32,
    pub(crate) call: F,
}

impl<F: Fn(u32) -> Call> Reencode for Writer<'_, '_, F> {
    type Error = String;
}

impl<F: Fn(u32) -> Call> Writer<'_, '_, F> {
    /// The body of `function`, with `before` put in front of its first instruction.
    pub(crate) fn function(&mut self, function: u32, before: &[Instruction<'_>]) -> Result<Function, String> {
        let body = self.module.body(function);
        let mut written = self.new_function_with_parsed_locals(body).map_err(text)?;
        for instruction in before {
            written.instruction(instruction);
        }
        for operator in body.get_operators_reader().map_err(text)? {
            match operator.map_err(text)? {
                Operator::Call { function_index } => match (self.call)(function_index) {
                    Call::Direct(index) => {
                        written.instruction(&Instruction::Call(index));
                    }
                    Call::Slot(slot) => {
                        written.instruction(&Instruction::I32Const(slot.cast_signed()));
                        written.instruction(&self.indirectly(function_index));
                    }
                },
                operator => {
                    written.instruction(&self.instruction(operator).map_err(text)?);
                }
            }
        }
        Ok(written)
    }

    /// The call of what stands in the slot that was pushed last.
    pub(crate) fn indirectly(&self, function: u32) -> Instruction<'static> {
        let type_index = self.module.function_types[function as usize];
        Instruction::CallIndirect { type_index, table_index: self.table }
    }
}
