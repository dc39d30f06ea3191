//! One frame: the pendulum drawn as a bright rod on black, 28 × 28 pixels.
//!
//! The proportions are those of the reference's crop of the simulator's picture: a rod as long as two thirds of the frame,
//! a fifth as wide as it is long, with round ends, hanging from a pivot near the upper edge. It stays inside the frame up to
//! about 40° to either side, further than any film here swings.

/// Pixels along an edge of the square frame.
pub const SIDE: usize = 28;
/// Pixels of a frame.
pub const PIXELS: usize = SIDE * SIDE;
/// The pivot, in pixels from the left and upper edges of the frame.
pub const PIVOT: [f64; 2] = [14.0, 5.0];
/// From the pivot to the middle of the far end, in pixels.
pub const LENGTH: f64 = 18.5;
/// Half the width of the rod, in pixels.
pub const HALF_WIDTH: f64 = 1.85;

/// Brightness of every pixel of a frame, row by row from the top, in 256 levels as a camera has them: 0 is black.
pub type Frame = [u8; PIXELS];

/// The pendulum hanging at `angle` radians from straight down, positive to the right.
///
/// A pixel is as bright as the part of it that the rod covers, where an edge is taken to cross it straight and level with the
/// pixel's sides: the covered part is then a matter of the distance from the pixel's centre to the rod's middle line.
pub fn render(angle: f64) -> Frame {
    let direction = [angle.sin(), angle.cos()];
    std::array::from_fn(|pixel| {
        let centre = [(pixel % SIDE) as f64 + 0.5, (pixel / SIDE) as f64 + 0.5];
        let from_pivot = [centre[0] - PIVOT[0], centre[1] - PIVOT[1]];
        let along = (from_pivot[0] * direction[0] + from_pivot[1] * direction[1]).clamp(0.0, LENGTH);
        let distance = (from_pivot[0] - along * direction[0]).hypot(from_pivot[1] - along * direction[1]);
        let covered = (HALF_WIDTH + 0.5 - distance).clamp(0.0, 1.0);
        (covered * ROD).round() as u8
    })
}

/// The level of a pixel that lies wholly on the rod: half of white, as the reference has it, which takes the difference of
/// the red and the green of a rod coloured (0.8, 0.3, 0.3). So its reconstruction errors and these are on one scale.
pub const ROD: f64 = 128.0;
/// The level that counts as 1.
const WHITE: f64 = 255.0;

/// Levels as the numbers that networks take, from 0 to 1.
pub fn brightness(level: u8) -> f32 {
    f32::from(level) / WHITE as f32
}

#[cfg(test)]
mod tests {
    use super::{HALF_WIDTH, LENGTH, PIVOT, PIXELS, ROD, SIDE, render};

    /// Total light in pixels of the rod, and its centre in pixels.
    fn weighed(angle: f64) -> (f64, [f64; 2]) {
        let frame = render(angle);
        let mut sums = [0.0; 3];
        for (pixel, level) in frame.iter().enumerate() {
            let light = f64::from(*level) / ROD;
            sums[0] += light;
            sums[1] += light * ((pixel % SIDE) as f64 + 0.5);
            sums[2] += light * ((pixel / SIDE) as f64 + 0.5);
        }
        (sums[0], [sums[1] / sums[0], sums[2] / sums[0]])
    }

    #[test]
    fn a_frame_holds_the_whole_rod_at_any_angle_of_the_films() {
        // Length times width and two half discs; an edge taken level errs by well under a hundredth of the area.
        let area = LENGTH * 2.0 * HALF_WIDTH + std::f64::consts::PI * HALF_WIDTH.powi(2);
        for i in -20..=20 {
            let angle = f64::from(i) * 0.035;
            let (light, centre) = weighed(angle);
            assert!((light / area - 1.0).abs() < 0.02, "{angle}: {light} of {area}");
            // By symmetry the centre lies half way along the rod.
            for (axis, part) in [angle.sin(), angle.cos()].into_iter().enumerate() {
                let middle = PIVOT[axis] + LENGTH / 2.0 * part;
                assert!((centre[axis] - middle).abs() < 0.05, "{angle}: {centre:?}");
            }
        }
    }

    #[test]
    fn mirrored_angles_give_mirrored_frames() {
        let (left, right) = (render(-0.4), render(0.4));
        for pixel in 0..PIXELS {
            assert_eq!(left[pixel], right[pixel / SIDE * SIDE + SIDE - 1 - pixel % SIDE]);
        }
    }
}
