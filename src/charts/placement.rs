//! Labels side by side without overlap: each as near to its point as the others allow.

/// Moves intervals along a line so that none overlaps: `wanted` are the centres, `sizes` the lengths, `gap` the least space between two, `low..high` the room.
///
/// Neighbours that would overlap form a block, which stands where its members are nearest to their points on average (least squares). Where the room is
/// too small for all, they follow one another from `low` and the last may end beyond `high`: the caller shortens first.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    struct Block {
        members: Vec<usize>,
        /// The sum over the members of the start that each would give the block.
        starts: f64,
        length: f64,
    }
    impl Block {
        fn start(&self, low: f64, high: f64) -> f64 {
            (self.starts / self.members.len() as f64).min(high - self.length).max(low)
        }
    }
    let mut order: Vec<usize> = (0..wanted.len().min(sizes.len())).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut blocks: Vec<Block> = Vec::new();
    for i in order {
        let mut block = Block { members: vec![i], starts: wanted[i] - sizes[i] / 2.0, length: sizes[i] };
        while let Some(before) = blocks.pop_if(|before| before.start(low, high) + before.length + gap > block.start(low, high)) {
            let shift = before.length + gap;
            let starts = before.starts + block.starts - shift * block.members.len() as f64;
            let mut members = before.members;
            members.extend(block.members);
            block = Block { members, starts, length: shift + block.length };
        }
        blocks.push(block);
    }
    let mut centres = vec![0.0; wanted.len()];
    for block in blocks {
        let mut at = block.start(low, high);
        for i in block.members {
            centres[i] = at + sizes[i] / 2.0;
            at += sizes[i] + gap;
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[80.0, 10.0], &[10.0, 10.0], 2.0, 0.0, 100.0), [80.0, 10.0]);
    }

    #[test]
    fn crowded_labels_move_apart_and_stay_inside_in_order() {
        let centres = spread(&[97.0, 98.0, 99.0, 50.0], &[10.0; 4], 2.0, 0.0, 100.0);
        assert_eq!(centres, [71.0, 83.0, 95.0, 50.0]);
        let centres = spread(&[50.0, 50.0], &[10.0, 20.0], 0.0, 0.0, 100.0);
        assert!((centres[1] - centres[0]).abs() >= 15.0 - 1e-9);
    }
}
