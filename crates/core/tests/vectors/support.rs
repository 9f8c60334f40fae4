use std::path::PathBuf;

/// What a file of the repository says.
pub(crate) fn repository_file(path: &str) -> String {
    // Asked of cargo at run time, for two clones may share one target folder.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let path = PathBuf::from(here).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A file of `conformance/vectors`: its header, and its lines in cells.
pub(crate) struct Vectors {
    header: String,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Vectors {
    pub(crate) fn read(name: &str) -> Self {
        let text = repository_file(&format!("conformance/vectors/{name}"));
        let (header, lines) = text.split_once('\n').unwrap();
        let rows = lines.lines().map(|line| line.split('\t').map(String::from).collect()).collect();
        Self { header: header.into(), rows }
    }

    /// What each column holds: `hash`, or a number of partitions.
    pub(crate) fn columns(&self) -> Vec<String> {
        let (_, list) = self.header.split_once("\"columns\":").unwrap();
        let list = list.trim_start().trim_start_matches('[').split(']').next().unwrap();
        list.split(',').map(|name| name.trim().trim_matches('"').into()).collect()
    }

    pub(crate) fn knows_its_origin(&self) {
        for field in ["tool", "version", "artifact", "seed", "made"] {
            assert!(self.header.contains(&format!("\"{field}\":")), "{field} is missing from {}", self.header);
        }
        let sums = ["sha256", "integrity", "sum"];
        assert!(sums.iter().any(|sum| self.header.contains(&format!("\"{sum}\":"))), "no checksum: {}", self.header);
    }
}
