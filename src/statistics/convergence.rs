//! At which numbers of draws a run's error is looked at on its way: 256, 512, 768, 1,024, 1,536, 2,048, … , each power of two and half as much again, so that
//! they are evenly spread on a logarithmic axis, and whole chunks of 256.

/// The numbers of draws to look at in a run of `draws`, rising; the last is `draws` itself. None of no draws.
pub fn checkpoints(draws: u64) -> Vec<u64> {
    const CHUNK: u64 = 256;
    let mut at = vec![];
    let mut power = CHUNK;
    while power < draws {
        at.push(power);
        let between = power + power / 2;
        if between < draws && between.is_multiple_of(CHUNK) {
            at.push(between);
        }
        let Some(next) = power.checked_mul(2) else { break };
        power = next;
    }
    if draws > 0 {
        at.push(draws);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_double_in_two_steps_and_end_with_the_run() {
        assert_eq!(checkpoints(4096), [256, 512, 768, 1024, 1536, 2048, 3072, 4096]);
        assert_eq!(checkpoints(1000), [256, 512, 768, 1000]);
        assert_eq!((checkpoints(0), checkpoints(1), checkpoints(256), checkpoints(257)), (vec![], vec![1], vec![256], vec![256, 257]));
        let all = checkpoints(u64::MAX);
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]) && all.last() == Some(&u64::MAX));
    }
}
