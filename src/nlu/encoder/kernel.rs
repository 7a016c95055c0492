//! Sums of products of whole numbers, in plain Rust, in AVX2 and in AVX-512, with the same result bit for bit.
//!
//! An input is a whole number of 14 bits with a scale a token, a weight one of 8 bits, and a sum of
//! up to 1,536 products fits 32 bits, so that no order of adding can change it. The wide parts are
//! reached through `pulp`, which proves by a token that the processor has them, without `unsafe` here.

use super::weights::BLOCK;

#[cfg(target_arch = "x86_64")]
use pulp::x86::{V3, V4};

/// The largest whole number that an input becomes: `1,536 x 127 x 8,191` is below `2^31`.
pub(super) const INPUT_MAX: f32 = 8191.0;

/// Tokens whose sums are kept in registers together: with 16 outputs each, 12 of the 16 registers.
pub(super) const TILE_MAX: usize = 6;

/// The instructions that steps are run with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kernel {
    /// Those that every processor of the target has.
    Portable,
    /// AVX2 and FMA; the latter is never used, since its rounding differs.
    #[cfg(target_arch = "x86_64")]
    Avx2(V3),
    /// AVX-512 as servers have had it since 2017: twice as wide.
    #[cfg(target_arch = "x86_64")]
    Avx512(V4),
}

/// A piece of work that is compiled once for each kind of processor.
pub(super) trait Step {
    /// Does it. Must be inlined, since what is not is compiled for the oldest processor.
    fn run<D: Dot>(self, dot: D);
}

/// Multiplies and adds.
pub(super) trait Dot: Copy {
    /// For each of `T` tokens and [`BLOCK`] outputs the sum over inputs of input times weight.
    /// `weights` is a block as packed in the file, `inputs` has for each pair of inputs that of
    /// each token, the first in the low half.
    ///
    /// Its inner loop counts through `T` and does not go over it with `map` or `zip`: where the crate is compiled in several
    /// units, as in a debug build, those are calls that do not know the processor, the sums leave its registers,
    /// and all of it takes from five to ten times as long.
    fn block<const T: usize>(self, weights: &[u8], inputs: &[i32]) -> [[i32; BLOCK]; T];
}

impl Kernel {
    /// The widest instructions that this processor has.
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = V4::try_new() {
            return Self::Avx512(avx512);
        }
        Self::narrow()
    }

    /// The next narrower instructions that this processor has.
    pub(super) fn narrower(self) -> Option<Self> {
        match self {
            Self::Portable => None,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Some(Self::Portable),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Some(Self::narrow()),
        }
    }

    fn narrow() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = V3::try_new() {
            return Self::Avx2(avx2);
        }
        Self::Portable
    }

    /// Does a step with them.
    pub(super) fn run<S: Step>(self, step: S) {
        match self {
            Self::Portable => step.run(Portable),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(dot) => dot.vectorize(With { dot, step }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(dot) => dot.vectorize(With { dot, step }),
        }
    }
}

/// Two whole numbers of 16 bits as one of 32.
#[inline(always)]
pub(super) fn pair(low: i32, high: i32) -> i32 {
    (low & 0xffff) | (high << 16)
}

#[derive(Clone, Copy)]
struct Portable;

impl Dot for Portable {
    #[inline(always)]
    fn block<const T: usize>(self, weights: &[u8], inputs: &[i32]) -> [[i32; BLOCK]; T] {
        let mut sums = [[0_i32; BLOCK]; T];
        let (weights, _) = weights.as_chunks::<{ 2 * BLOCK }>();
        let (inputs, _) = inputs.as_chunks::<T>();
        for (weights, inputs) in weights.iter().zip(inputs) {
            // Products of 16 bits: those every processor multiplies several at a time.
            let weights = weights.map(|byte| i16::from(byte.cast_signed()));
            for (sums, pair) in sums.iter_mut().zip(inputs) {
                let (first, second) = (*pair as i16, (*pair >> 16) as i16);
                for (sum, [one, other]) in sums.iter_mut().zip(weights.as_chunks().0) {
                    let product = i32::from(*one).wrapping_mul(i32::from(first));
                    let another = i32::from(*other).wrapping_mul(i32::from(second));
                    *sum = sum.wrapping_add(product.wrapping_add(another));
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
struct With<D, S> {
    dot: D,
    step: S,
}

#[cfg(target_arch = "x86_64")]
impl<D: Dot, S: Step> pulp::NullaryFnOnce for With<D, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.step.run(self.dot);
    }
}

#[cfg(target_arch = "x86_64")]
impl Dot for V3 {
    #[inline(always)]
    fn block<const T: usize>(self, weights: &[u8], inputs: &[i32]) -> [[i32; BLOCK]; T] {
        use std::arch::x86_64::{__m128i, __m256i};
        let avx2 = self.avx2;
        let zero: __m256i = pulp::cast([0_i32; 8]);
        let mut sums = [[zero; 2]; T];
        let (weights, _) = weights.as_chunks::<16>();
        let (weights, _) = weights.as_chunks::<2>();
        let (inputs, _) = inputs.as_chunks::<T>();
        for (weights, inputs) in weights.iter().zip(inputs) {
            let [low, high] = *weights;
            let widened = [
                avx2._mm256_cvtepi8_epi16(pulp::cast::<_, __m128i>(low)),
                avx2._mm256_cvtepi8_epi16(pulp::cast::<_, __m128i>(high)),
            ];
            for at in 0..T {
                let pair = self.avx._mm256_set1_epi32(inputs[at]);
                for half in 0..2 {
                    let products = avx2._mm256_madd_epi16(widened[half], pair);
                    sums[at][half] = avx2._mm256_add_epi32(sums[at][half], products);
                }
            }
        }
        sums.map(pulp::cast::<[__m256i; 2], [i32; BLOCK]>)
    }
}

#[cfg(target_arch = "x86_64")]
impl Dot for V4 {
    #[inline(always)]
    fn block<const T: usize>(self, weights: &[u8], inputs: &[i32]) -> [[i32; BLOCK]; T] {
        use std::arch::x86_64::{__m256i, __m512i};
        let zero: __m512i = pulp::cast([0_i32; BLOCK]);
        let mut sums = [zero; T];
        let (weights, _) = weights.as_chunks::<{ 2 * BLOCK }>();
        let (inputs, _) = inputs.as_chunks::<T>();
        for (weights, inputs) in weights.iter().zip(inputs) {
            let weights: __m256i = pulp::cast(*weights);
            let weights = self.avx512bw._mm512_cvtepi8_epi16(weights);
            for at in 0..T {
                let pair = self.avx512f._mm512_set1_epi32(inputs[at]);
                let products = self.avx512bw._mm512_madd_epi16(weights, pair);
                sums[at] = self.avx512f._mm512_add_epi32(sums[at], products);
            }
        }
        sums.map(pulp::cast::<__m512i, [i32; BLOCK]>)
    }
}
