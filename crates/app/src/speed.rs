/// How fast simulated time passes: the steps of the speed control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speed(usize);

/// In thousandths of wall time.
const STEPS: [u64; 7] = [100, 250, 500, 1_000, 2_000, 5_000, 10_000];

impl Default for Speed {
    fn default() -> Self {
        Self(3)
    }
}

impl Speed {
    #[cfg(test)]
    pub(crate) const SLOWEST: Self = Self(0);

    pub(crate) fn permille(self) -> u64 {
        STEPS[self.0]
    }

    /// All of them, slowest first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..STEPS.len()).map(Self)
    }

    /// The step nearest to `times` wall time; the usual one where that is no positive number.
    pub(crate) fn nearest(times: f64) -> Self {
        if times.is_nan() || times <= 0.0 {
            return Self::default();
        }
        let ratio = |speed: &Self| times * 1_000.0 / speed.permille() as f64;
        let distance = |speed: &Self| ratio(speed).max(1.0 / ratio(speed));
        Self::all().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or_default()
    }

    /// `×0.25`, `×1`, `×10`.
    pub(crate) fn label(self) -> String {
        let permille = self.permille();
        if permille.is_multiple_of(1_000) {
            format!("×{}", permille / 1_000)
        } else {
            format!("×0.{}", format!("{permille:03}").trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_nearest_steps() {
        let labels: Vec<String> = Speed::all().map(Speed::label).collect();
        assert_eq!(labels, ["×0.1", "×0.25", "×0.5", "×1", "×2", "×5", "×10"]);
        assert_eq!(Speed::nearest(0.3).label(), "×0.25");
        assert_eq!(Speed::nearest(1e9).label(), "×10");
        assert_eq!(Speed::nearest(f64::NAN), Speed::default());
        assert_eq!(Speed::nearest(-1.0), Speed::default());
    }
}
