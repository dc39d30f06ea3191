//! Work by the vectors of this processor.

/// Runs a body where the compiler knows which vectors there are: in WebAssembly that is known when it is built, elsewhere only
/// when it runs. They are added and multiplied alike on all of them.
///
/// `with_vectors!(NAME = GIVEN => BODY)`. What is given is used up, since a closure that can be called more than once is not
/// inlined there and runs without vectors.
macro_rules! with_vectors {
    ($name:pat = $given:expr => $body:expr) => {{
        #[cfg(not(target_arch = "wasm32"))]
        {
            let given = $crate::kernel::vectors::Once($given);
            pulp::Arch::new().dispatch(
                #[inline(always)]
                move || {
                    let $crate::kernel::vectors::Once($name) = { given };
                    $body
                },
            )
        }
        #[cfg(target_arch = "wasm32")]
        {
            let $name = $given;
            $body
        }
    }};
}

pub(super) use with_vectors;

/// What can be used up once.
#[cfg(not(target_arch = "wasm32"))]
pub(super) struct Once<T>(pub(super) T);
