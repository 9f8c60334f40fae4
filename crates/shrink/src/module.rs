use std::ops::Range;

use wasmparser::{
    CompositeInnerType, ConstExpr, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType, Name,
    Operator, Parser, Payload, TableType, TypeRef,
};

use crate::name::hash;

/// A wasm module as wasm-bindgen and wasm-opt leave it, taken apart as far as a cut needs.
pub(crate) struct Module<'a> {
    pub(crate) types: Vec<FuncType>,
    /// The sections that both parts, or the first one, take over as they are.
    pub(crate) raw: Vec<(u8, &'a [u8])>,
    pub(crate) imports: Vec<wasmparser::Import<'a>>,
    pub(crate) imported_functions: u32,
    /// The type of each function, imported ones first.
    pub(crate) function_types: Vec<u32>,
    pub(crate) tables: Vec<TableType>,
    pub(crate) memory: wasmparser::MemoryType,
    pub(crate) globals: Vec<GlobalType>,
    pub(crate) exports: Vec<wasmparser::Export<'a>>,
    pub(crate) elements: Vec<Elements>,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    /// The name of each function, imported ones first; empty where there is none.
    pub(crate) names: Vec<&'a str>,
}

/// Functions that stand in a table from some slot on.
pub(crate) struct Elements {
    pub(crate) table: u32,
    pub(crate) from: u32,
    pub(crate) functions: Vec<u32>,
}

/// The number of a section in the binary format.
pub(crate) mod section {
    pub(crate) const TYPE: u8 = 1;
    pub(crate) const MEMORY: u8 = 5;
    pub(crate) const GLOBAL: u8 = 6;
    pub(crate) const EXPORT: u8 = 7;
    pub(crate) const CODE: u8 = 10;
    pub(crate) const DATA: u8 = 11;
}

impl<'a> Module<'a> {
    /// Takes a module apart.
    ///
    /// # Errors
    ///
    /// What in it no build of ours has, and what a cut therefore does not know.
    pub(crate) fn read(wasm: &'a [u8]) -> Result<Self, String> {
        let mut module = Self {
            types: Vec::new(),
            raw: Vec::new(),
            imports: Vec::new(),
            imported_functions: 0,
            function_types: Vec::new(),
            tables: Vec::new(),
            memory: wasmparser::MemoryType {
                memory64: false,
                shared: false,
                initial: 0,
                maximum: None,
                page_size_log2: None,
            },
            globals: Vec::new(),
            exports: Vec::new(),
            elements: Vec::new(),
            bodies: Vec::new(),
            names: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(wasm) {
            module.take(payload.map_err(text)?, wasm)?;
        }
        module.names.resize(module.function_types.len(), "");
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>, wasm: &'a [u8]) -> Result<(), String> {
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start).map_err(text)?..usize::try_from(range.end).map_err(text)?;
            self.raw.push((id, &wasm[range]));
        }
        match payload {
            Payload::TypeSection(types) => {
                for group in types {
                    for ty in group.map_err(text)?.into_types() {
                        let CompositeInnerType::Func(function) = ty.composite_type.inner else {
                            return Err("it has a type that is no function's.".into());
                        };
                        self.types.push(function);
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(text)?;
                    let TypeRef::Func(ty) = import.ty else {
                        return Err("it imports something that is no function.".into());
                    };
                    self.function_types.push(ty);
                    self.imports.push(import);
                }
                // A module has fewer functions than a u32 counts: the format says so.
                self.imported_functions = self.function_types.len() as u32;
            }
            Payload::FunctionSection(functions) => {
                for ty in functions {
                    self.function_types.push(ty.map_err(text)?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table.map_err(text)?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memory = memory.map_err(text)?;
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global.map_err(text)?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                self.exports = exports.into_iter().collect::<Result<_, _>>().map_err(text)?;
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.elements.push(Elements::read(element.map_err(text)?)?);
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::StartSection { .. } => return Err("it has a start function.".into()),
            Payload::CustomSection(custom) => {
                if let wasmparser::KnownCustom::Name(names) = custom.as_known() {
                    self.take_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader<'a>) -> Result<(), String> {
        for name in names {
            let Name::Function(map) = name.map_err(text)? else { continue };
            self.names.resize(self.function_types.len(), "");
            for naming in map {
                let naming = naming.map_err(text)?;
                if let Some(name) = self.names.get_mut(naming.index as usize) {
                    *name = naming.name;
                }
            }
        }
        Ok(())
    }

    /// Functions of its own, by index.
    pub(crate) fn own(&self) -> Range<u32> {
        self.imported_functions..self.function_types.len() as u32
    }

    /// The body of a function of its own.
    pub(crate) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported_functions) as usize]
    }

    /// The functions that a function calls by their index.
    pub(crate) fn callees(&self, function: u32) -> Result<Vec<u32>, String> {
        let mut callees = Vec::new();
        for operator in self.body(function).get_operators_reader().map_err(text)? {
            match operator.map_err(text)? {
                Operator::Call { function_index } => callees.push(function_index),
                Operator::RefFunc { .. } | Operator::ReturnCall { .. } => {
                    return Err(format!(
                        "{} takes or leaves by a function in a new way.",
                        self.names[function as usize]
                    ));
                }
                _ => {}
            }
        }
        Ok(callees)
    }

    /// A section as it stands, if there is one.
    pub(crate) fn raw(&self, id: u8) -> Option<&'a [u8]> {
        self.raw.iter().find(|(have, _)| *have == id).map(|(_, bytes)| *bytes)
    }

    /// The function that it exports under a name.
    pub(crate) fn exported(&self, name: &str) -> Option<u32> {
        let export = self.exports.iter().find(|e| e.name == name && e.kind == ExternalKind::Func);
        export.map(|export| export.index)
    }

    /// The table of functions.
    pub(crate) fn function_table(&self) -> Result<u32, String> {
        let found = self.tables.iter().position(|table| table.element_type.is_func_ref());
        found.map(|index| index as u32).ok_or_else(|| "it has no table of functions.".into())
    }

    /// Each of its own functions as [`hash`] of its name.
    pub(crate) fn hashes(&self) -> Vec<String> {
        self.own().map(|function| hash(self.names[function as usize])).collect()
    }
}

impl Elements {
    fn read(element: wasmparser::Element<'_>) -> Result<Self, String> {
        let ElementKind::Active { table_index, offset_expr } = element.kind else {
            return Err("it has a list of functions that is not active.".into());
        };
        let functions = match element.items {
            ElementItems::Functions(functions) => functions.into_iter().collect::<Result<_, _>>().map_err(text)?,
            ElementItems::Expressions(..) => return Err("it has a list of functions made of expressions.".into()),
        };
        Ok(Self { table: table_index.unwrap_or(0), from: constant(&offset_expr)?, functions })
    }
}

pub(crate) fn constant(expression: &ConstExpr<'_>) -> Result<u32, String> {
    match expression.get_operators_reader().read().map_err(text)? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Err("a list of functions starts at a slot that is no constant.".into()),
    }
}

/// An error of the parser as a sentence.
pub(crate) fn text(error: impl std::fmt::Display) -> String {
    format!("{error}.")
}
