use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::TableType;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};

use crate::module::{Module, text};
use crate::name::hash;

/// The exported function that brings the second part. It and what it calls are always in the first.
pub(crate) const BRING: &str = "bring_rest";

/// Where a module is cut: which functions go into the second part, and how the two parts meet.
pub(crate) struct Seam {
    /// Functions of the second part.
    pub(crate) rest: BTreeSet<u32>,
    /// Functions of the second part that the first one calls, exports, or has in its table: each with its slot there.
    /// Until the second part is there, a stub stands in the slot, which brings it and then calls what stands there.
    pub(crate) entries: BTreeMap<u32, u32>,
    /// Functions that slots were added to the table for, from `added_from` on.
    pub(crate) added: Vec<u32>,
    pub(crate) added_from: u32,
    /// Functions of the first part that the second one calls, imported ones included, each with its slot in the table:
    /// there it is taken from, which is shorter than an export of its own.
    pub(crate) needed: BTreeMap<u32, u32>,
    pub(crate) table: u32,
    pub(crate) bring: u32,
}

impl Seam {
    /// Cuts such that the functions whose names have the hashes of `cold` come later.
    ///
    /// # Errors
    ///
    /// What the module lacks that a cut needs.
    pub(crate) fn find(module: &Module<'_>, cold: &BTreeSet<&str>) -> Result<Self, String> {
        let bring = module.exported(BRING).ok_or_else(|| format!("it exports no function {BRING}."))?;
        let table = module.function_table()?;
        let kept = reached(module, bring)?;
        let rest: BTreeSet<u32> = module
            .own()
            .filter(|function| !kept.contains(function) && cold.contains(&*hash(module.names[*function as usize])))
            .collect();
        let mut slots = BTreeMap::new();
        for elements in module.elements.iter().filter(|elements| elements.table == table) {
            for (slot, function) in (elements.from..).zip(&elements.functions) {
                slots.entry(*function).or_insert(slot);
            }
        }
        let mut wanted: BTreeSet<u32> = slots.keys().copied().filter(|function| rest.contains(function)).collect();
        wanted.extend(module.exports.iter().filter(|e| e.kind == wasmparser::ExternalKind::Func).map(|e| e.index));
        let mut needed = BTreeSet::new();
        for function in module.own() {
            let in_rest = rest.contains(&function);
            for callee in module.callees(function)? {
                match (in_rest, rest.contains(&callee)) {
                    (true, false) => needed.insert(callee),
                    (false, true) => wanted.insert(callee),
                    _ => false,
                };
            }
        }
        wanted.retain(|function| rest.contains(function));
        let added_from = u32::try_from(module.tables[table as usize].initial).map_err(text)?;
        let mut added: Vec<u32> = wanted.iter().copied().filter(|function| !slots.contains_key(function)).collect();
        // As the stubs stand.
        added.sort_by_key(|function| module.function_types[*function as usize]);
        added.extend(needed.iter().filter(|function| !slots.contains_key(function)));
        slots.extend(added.iter().copied().zip(added_from..));
        let with_slot = |functions: BTreeSet<u32>| functions.into_iter().map(|it| (it, slots[&it])).collect();
        let (entries, needed) = (with_slot(wanted), with_slot(needed));
        Ok(Self { rest, entries, added, added_from, needed, table, bring })
    }

    /// The functions that a stub stands for, in an order in which the stubs are much like one another: that packs well.
    pub(crate) fn stubs(&self, module: &Module<'_>) -> Vec<u32> {
        let mut stubs: Vec<u32> = self.entries.keys().copied().collect();
        stubs.sort_by_key(|function| (module.function_types[*function as usize], self.entries[function]));
        stubs
    }

    /// The tables of both parts: the module's, with room for the slots that were added.
    pub(crate) fn tables(&self, module: &Module<'_>) -> Result<Vec<TableType>, String> {
        let mut tables = Vec::new();
        for (number, table) in module.tables.iter().enumerate() {
            let mut ty = RoundtripReencoder.table_type(*table).map_err(text)?;
            if number == self.table as usize {
                ty.minimum += self.added.len() as u64;
                ty.maximum = ty.maximum.map(|most| most.max(ty.minimum));
            }
            tables.push(ty);
        }
        Ok(tables)
    }
}

/// A function and all that it calls by index, directly or not.
fn reached(module: &Module<'_>, from: u32) -> Result<BTreeSet<u32>, String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(function) = open.pop() {
        if module.own().contains(&function) && reached.insert(function) {
            open.extend(module.callees(function)?);
        }
    }
    Ok(reached)
}
