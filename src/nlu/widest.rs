//! Plain loops, compiled for the widest instructions that the processor has.
//!
//! Sums are kept in an order of their own (see [`dot`]), and no product is fused with a sum, so that
//! the result is the same bit for bit on every processor.

pub(super) use pulp::NullaryFnOnce as Work;

/// Sums that are kept side by side.
const SUMS: usize = 16;

/// Does a piece of work. What it calls must be inlined, or it is compiled for the oldest processor.
pub(super) fn with_widest<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(avx512) = pulp::x86::V4::try_new() {
            return avx512.vectorize(work);
        }
        if let Some(avx2) = pulp::x86::V3::try_new() {
            return avx2.vectorize(work);
        }
    }
    work.call()
}

/// The inner product, also with numbers that are a byte each.
#[inline(always)]
pub(super) fn dot<N: Copy + Into<f32>>(a: &[N], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; SUMS];
    let (a, a_rest) = a.as_chunks::<SUMS>();
    let (b, b_rest) = b.as_chunks::<SUMS>();
    for (a, b) in a.iter().zip(b) {
        // By place: see `Dot::block` of the encoder's kernel.
        for at in 0..SUMS {
            sums[at] += a[at].into() * b[at];
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| (*a).into() * b);
    let rest: f32 = rest.sum();
    sums.iter().sum::<f32>() + rest
}
