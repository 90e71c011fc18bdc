//! `exp`, `ln` and `expm1_over` against values worked out with 400 bits (mpmath 1.3): edges, random arguments, and the arguments where each kernel errs most among some
//! ten thousand random ones.

use super::{exp, expm1_over, ln};

/// A row: the bits of x, the bits of f(x) rounded correctly, and how far the exact value lies from that, in ulps.
type Row = (u64, u64, f64);

/// The largest distance from the exact values, in ulps.
fn largest_error(table: &[Row], f: impl Fn(f64) -> f64) -> f64 {
    let error = |&(x, rounded, offset): &Row| {
        let steps = f(f64::from_bits(x)).to_bits().wrapping_sub(rounded).cast_signed() as f64;
        // Above zero the bits of a number grow with it; below, with its size.
        let sign = if f64::from_bits(rounded) < 0.0 { -1.0 } else { 1.0 };
        (sign * steps - offset).abs()
    };
    table.iter().map(error).fold(0.0, f64::max)
}

#[test]
fn exp_is_within_an_ulp() {
    let error = largest_error(&EXP, exp);
    assert!(error < 0.85, "{error} ulp");
}

#[test]
fn ln_is_within_an_ulp() {
    let error = largest_error(&LN, ln);
    assert!(error < 0.85, "{error} ulp");
}

#[test]
fn expm1_over_is_within_three_ulps() {
    let error = largest_error(&EXPM1_OVER, expm1_over);
    assert!(error < 2.5, "{error} ulp");
}

#[test]
fn exp_at_the_edges() {
    for (x, expected) in [
        (0.0, 1.0),
        (-0.0, 1.0),
        (5e-324, 1.0),
        (f64::INFINITY, f64::INFINITY),
        (f64::NEG_INFINITY, 0.0),
        (709.782_712_893_384_1, f64::INFINITY),
        (1e300, f64::INFINITY),
        (-745.133_219_101_941_1, 5e-324),
        (-745.133_219_101_941_2, 0.0),
        (-1e300, 0.0),
    ] {
        assert_eq!(exp(x), expected, "exp({x:e})");
    }
    assert!(exp(f64::NAN).is_nan());
}

#[test]
fn ln_at_the_edges() {
    assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
    for (x, expected) in [(0.0, f64::NEG_INFINITY), (-0.0, f64::NEG_INFINITY), (f64::INFINITY, f64::INFINITY)] {
        assert_eq!(ln(x), expected, "ln({x:e})");
    }
    for x in [-1.0, -5e-324, f64::MIN, f64::NEG_INFINITY, f64::NAN, -f64::NAN] {
        assert!(ln(x).is_nan(), "ln({x:e})");
    }
}

#[test]
fn expm1_over_at_the_edges() {
    for (z, expected) in [
        (0.0, 1.0),
        (-0.0, 1.0),
        (5e-324, 1.0),
        (f64::INFINITY, f64::INFINITY),
        (f64::MAX, f64::INFINITY),
        (710.0, f64::INFINITY),
        (f64::NEG_INFINITY, 0.0),
        (-1e300, 1e-300),
    ] {
        assert_eq!(expm1_over(z), expected, "expm1_over({z:e})");
    }
    assert!(expm1_over(f64::NAN).is_nan());
}

/// Neither jumps nor turns where the series ends.
#[test]
fn expm1_over_grows_across_the_seam() {
    for seam in [0.34_f64, -0.34] {
        let values: Vec<f64> = (-20..=20).map(|i| expm1_over(seam * (1.0 + f64::from(i) * 1e-13))).collect();
        let growing = values.windows(2).all(|pair| if seam > 0.0 { pair[0] < pair[1] } else { pair[0] > pair[1] });
        assert!(growing, "{values:?}");
    }
}

#[test]
fn random_arguments_agree_with_the_standard_library() {
    let apart = |x: f64, y: f64| x.to_bits().abs_diff(y.to_bits());
    // The standard library may round to the other neighbour of the exact value.
    for i in 0..20_000 {
        let x = -745.0 + 1454.0 * (f64::from(i) * 0.618_033_988_749_894_9).fract();
        assert!(apart(exp(x), x.exp()) <= 1, "exp({x:e})");
        let y = x.exp() * 1.3;
        assert!(apart(ln(y), y.ln()) <= 1, "ln({y:e})");
        let near = 1.0 + (x - 0.25) * 1e-3;
        assert!(apart(ln(near), near.ln()) <= 1, "ln({near:e})");
    }
}

/// e^x.
#[rustfmt::skip]
const EXP: [(u64, u64, f64); 76] = [
    (0x3ff0_0000_0000_0000, 0x4005_bf0a_8b14_5769, 0.326), (0xbff0_0000_0000_0000, 0x3fd7_8b56_362c_ef38, -0.224),
    (0x3fd6_2e42_fefa_39ef, 0x3ff6_a09e_667f_3bcc, 0.491), (0xbfd6_2e42_fefa_39ef, 0x3fe6_a09e_667f_3bcd, -0.362),
    (0x3fe0_0000_0000_0000, 0x3ffa_6129_8e1e_069c, -0.213), (0x4000_0000_0000_0000, 0x401d_8e64_b8d4_ddae, -0.202),
    (0x4024_0000_0000_0000, 0x40d5_829d_cf95_0560, -0.379), (0x3ee4_f8b5_88e3_68f1, 0x3ff0_000a_7c5e_340e, 0.437),
    (0xbe11_2e0b_e826_d695, 0x3fef_ffff_ff76_8fa1, -0.250), (0x3c67_0ef5_4646_d497, 0x3ff0_0000_0000_0000, 0.045),
    (0x4086_2e42_fefa_39ef, 0x7fef_ffff_ffff_ff2a, 0.106), (0xc086_232b_dd7a_bcd2, 0x0010_0000_0000_007c, -0.262),
    (0xc086_2333_3333_3333, 0x000f_f15b_469e_df89, -0.176), (0xc087_2000_0000_0000, 0x0000_0000_0000_0055, -0.219),
    (0xc087_4333_3333_3333, 0x0000_0000_0000_0001, 0.041), (0xc087_48cc_cccc_cccd, 0x0000_0000_0000_0001, -0.483),
    (0x4082_c000_0000_0000, 0x7608_8a12_2d23_4b39, 0.295), (0xc082_c000_0000_0000, 0x09d4_dd4d_0d12_c071, 0.141),
    (0x3fcf_767c_482c_9b00, 0x3ff4_7557_c428_1ce8, 0.301), (0x3fde_f2e0_45bc_8fb8, 0x3ff9_f324_0c95_019f, -0.334),
    (0x3fe2_e473_8d86_08fe, 0x3ffc_dfff_672c_3586, -0.439), (0x3fec_511a_febb_6a18, 0x4003_61c7_5570_662f, -0.054),
    (0x3fde_b4ff_1a6e_b8c8, 0x3ff9_da19_1f15_a677, -0.127), (0x3feb_075f_6c3d_8588, 0x4002_9e07_b698_95c0, -0.275),
    (0xbfee_24c7_4146_f792, 0x3fd8_f353_70f4_c061, -0.398), (0xbfb1_99e8_4e56_b1f0, 0x3fed_dfb0_1f52_810e, -0.236),
    (0x3fec_5ff4_d9fe_0f50, 0x4003_6ac8_272d_2f04, -0.090), (0x3fd3_1199_20d4_6410, 0x3ff5_8db1_a0cf_3bd9, 0.479),
    (0x4081_8a15_e3d3_9784, 0x728a_806e_0dad_326f, -0.141), (0xc080_ec17_dbaf_7d44, 0x0f1b_2af8_7a12_c5a0, 0.036),
    (0xc045_a6d3_9e82_d260, 0x3c07_0bfc_b019_df6b, 0.005), (0xc076_2cc4_bfa5_e0ba, 0x1ff1_90a6_c6ca_f4e9, 0.450),
    (0x404e_a1f2_2b6c_3a00, 0x4574_ec3d_04a8_4645, 0.384), (0x4059_e121_6468_8108, 0x4944_5071_c441_d1f4, -0.438),
    (0xc085_4d1e_fee0_57c2, 0x0278_455c_6e7e_5e9a, -0.066), (0xc078_c940_a1d9_2d55, 0x1c2d_0295_8256_fdd9, -0.472),
    (0xc073_4b98_5202_302d, 0x2418_5371_6fbd_4407, -0.015), (0x4082_3711_7336_7156, 0x747e_571f_5625_a59a, 0.194),
    (0x4077_4040_07a2_6ca8, 0x617a_1592_5453_bd1f, 0.248), (0xc07d_c8dd_9aca_9bdd, 0x14f6_4801_114e_4c3e, 0.214),
    (0xc011_fc51_cd9e_6c80, 0x3f86_d548_f368_6915, 0.256), (0xc051_ef82_82ba_2438, 0x3976_9750_766e_9da5, -0.272),
    (0xc07b_7116_c948_1439, 0x1857_9118_9381_872d, -0.286), (0xc086_27d5_99f6_17e9, 0x0008_eec0_2703_2878, 0.697),
    (0xc082_29c2_32da_8b0d, 0x0b86_452c_1b77_5e6d, 0.304), (0xc069_c8a5_9c94_a30c, 0x2d55_551f_76f5_528d, -0.305),
    (0xc028_4b09_bfa3_d2c0, 0x3ed6_41eb_cc70_3079, 0.309), (0xc081_e71d_51c5_5478, 0x0c46_8e46_f6d7_f0b7, -0.310),
    (0x4082_b3da_2977_6dec, 0x75e5_803d_1b6e_60a1, -0.311), (0x406d_2796_6672_cc38, 0x54f6_78b0_b540_e093, 0.311),
    (0xc039_f71d_c214_16c0, 0x3d97_4371_eb23_0e2d, -0.313), (0xc086_27df_e7f3_c9aa, 0x0008_e346_076f_a0c6, 0.686),
    (0xc077_cd80_3eb3_2329, 0x1d97_906e_d495_f905, -0.316), (0x4069_c9d3_cbc6_2328, 0x5288_e71d_a8bd_91ef, 0.317),
    (0xc07a_5035_1514_63d3, 0x19f8_5d3c_60da_260f, 0.317), (0xc071_4e8f_2e0e_7730, 0x26f6_ae34_572b_67cd, 0.319),
    (0xbfd3_31c3_31c0_6d0e, 0x3fe7_b550_bb55_1d4b, -0.381), (0xbfd5_6502_a778_9972, 0x3fe6_e835_ec76_9ffb, 0.413),
    (0xbfd3_5f52_2158_5b78, 0x3fe7_a476_4bd8_25b1, -0.417), (0xbfd2_71bc_972e_7cfb, 0x3fe7_fcde_4216_662b, -0.418),
    (0x3fd2_c8d8_08fe_862b, 0x3ff5_753f_1996_ffcb, -0.421), (0xbfd2_9953_7aa1_4611, 0x3fe7_ee0c_32af_7827, -0.428),
    (0xc086_266c_ac3d_633e, 0x000a_a772_caf9_a4d1, -0.232), (0xc086_2650_ccc0_42f5, 0x000a_ccd2_8672_2fc3, -0.232),
    (0xc086_27dc_d7e0_b3d6, 0x0008_e6ad_c447_0f2e, 0.749), (0xc086_2895_3061_eefe, 0x0008_2287_8951_36e2, -0.748),
    (0xc086_245d_6ec0_1d5b, 0x000d_c845_718c_3fba, -0.747), (0xc086_27fc_af36_5340, 0x0008_c386_6fe4_81b6, 0.743),
    (0x400e_e2a0_d9dc_9324, 0x4047_bf90_f325_9d42, -0.265), (0x400f_046e_8539_a378, 0x4048_24be_df6b_3fe9, -0.292),
    (0x400f_282c_2132_2f40, 0x4048_918e_375b_9495, -0.302), (0xc022_b684_2eb8_2c4f, 0x3f16_a678_7940_5fad, -0.305),
    (0x4022_ad15_a207_30ea, 0x40c6_3125_b918_74ff, 0.306), (0xc012_00a8_b90a_51bc, 0x3f86_bc90_ebfc_4535, 0.310),
    (0xc01f_ddff_63df_3596, 0x3f36_ba26_a4fd_78c9, 0.311), (0x4021_648b_e12a_9c36, 0x40b7_5d38_19ca_7973, 0.312),
];

/// ln x.
#[rustfmt::skip]
const LN: [(u64, u64, f64); 76] = [
    (0x4000_0000_0000_0000, 0x3fe6_2e42_fefa_39ef, 0.209), (0x3fe0_0000_0000_0000, 0xbfe6_2e42_fefa_39ef, -0.209),
    (0x4024_0000_0000_0000, 0x4002_6bb1_bbb5_5516, -0.489), (0x4005_bf0a_8b14_5769, 0x3ff0_0000_0000_0000, -0.240),
    (0x3ff0_0000_0000_0001, 0x3caf_ffff_ffff_ffff, 0.000), (0x3fef_ffff_ffff_ffff, 0xbca0_0000_0000_0000, -0.250),
    (0x3ff0_0068_db8b_ac71, 0x3f1a_368d_0657_fcd4, 0.128), (0x3fef_ff2e_48e8_a71e, 0xbf1a_3738_d2cf_1cc2, 0.303),
    (0x3ff6_a09e_667f_3bcd, 0x3fd6_2e42_fefa_39f0, 0.440), (0x3fe6_a09e_667f_3bcd, 0xbfd6_2e42_fefa_39ee, 0.023),
    (0x3fe6_a09e_667f_3bcc, 0xbfd6_2e42_fefa_39f1, 0.194), (0x0000_0000_0000_0001, 0xc087_4385_446d_71c3, -0.389),
    (0x0000_1268_8b70_e62b, 0xc086_4e69_394d_9508, -0.076), (0x0010_0000_0000_0000, 0xc086_232b_dd7a_bcd2, -0.242),
    (0x7fef_ffff_ffff_ffff, 0x4086_2e42_fefa_39ef, 0.208), (0x4008_0000_0000_0000, 0x3ff1_93ea_7aad_030b, -0.409),
    (0x3ee4_f8b5_88e3_68f1, 0xc027_069e_2aa2_aa5b, 0.157), (0x54b2_49ad_2594_c37d, 0x406c_c845_b54b_54f2, -0.388),
    (0x3fe9_8fbe_a02f_f7fb, 0xbfcc_c148_254f_ac7b, -0.158), (0x3fe6_402a_6b39_897f, 0xbfd7_415e_73b4_edcc, -0.196),
    (0x3feb_02da_4677_f106, 0xbfc5_b1bb_1676_de91, 0.389), (0x3ff1_8639_1634_0add, 0x3fb7_4bca_f46f_f142, 0.124),
    (0x3fee_e116_2b74_6496, 0xbfa2_40ee_9d73_89bc, 0.178), (0x3fe2_6ad5_251a_86b4, 0xbfe1_ada0_6ae3_871f, -0.267),
    (0x3ffb_373b_a3c0_6d9a, 0x3fe0_ffa6_6199_700c, -0.333), (0x3ff1_b87a_3a65_c188, 0x3fba_25d7_b303_3996, 0.372),
    (0x3ff0_621b_0759_3d86, 0x3f98_3cbe_60d8_e386, 0.022), (0x3fe8_0c8c_51a3_7117, 0xbfd2_47f4_9e7d_b22a, 0.225),
    (0x5e42_320c_204c_f248, 0x4075_04e1_2626_b144, -0.000), (0x2378_5c7a_2568_6fea, 0xc073_ba79_b0f1_8895, -0.001),
    (0x29b2_0540_cdb7_957c, 0xc06e_d486_f43f_be60, -0.001), (0x2e28_b24e_2064_c250, 0xc068_a39c_a8ce_547a, -0.001),
    (0x4101_836f_f057_acd2, 0x4027_bf6d_5a9f_b280, -0.031), (0x5986_e7b2_68d1_2ece, 0x4071_bdb2_09a7_7ed4, -0.001),
    (0x4fa7_d4fc_3c8c_b748, 0x4065_cc1b_b3f8_9b98, -0.002), (0x112d_c435_e569_aac4, 0xc080_345f_1e9f_aff9, -0.000),
    (0x1fc0_2765_0cc2_0b0d, 0xc076_4f61_2e9c_73d5, 0.001), (0x32cd_8c0e_c796_cc51, 0xc062_3480_45a1_7764, -0.001),
    (0x4fde_cd19_003e_94a5, 0x4066_16db_ef74_f4e0, 0.000), (0x68d7_8520_75ed_d7f0, 0x407c_5b41_9dc8_ff04, -0.000),
    (0x3fe6_9c4d_5803_7603, 0xbfd6_3a79_bbb0_4217, -0.153), (0x3fe6_6a7f_0ffa_34f3, 0xbfd6_c810_090f_0879, -0.186),
    (0x3fe6_7284_c221_6871, 0xbfd6_b12c_9db5_4f85, 0.205), (0x3fe6_6b73_6df6_945d, 0xbfd6_c556_6666_0f0b, 0.207),
    (0x3fe6_8054_6373_a6fb, 0xbfd6_89d8_368d_0a8f, -0.212), (0x3fe6_9d7b_35c3_1c27, 0xbfd6_3723_607b_b577, -0.215),
    (0x3fe6_8925_b800_536b, 0xbfd6_70c8_a39b_5c3f, -0.215), (0x3fe6_699c_f933_4e9f, 0xbfd6_ca95_97aa_350f, -0.215),
    (0x3fe6_8ee3_0f9d_7048, 0xbfd6_607d_e0bc_45f5, 0.217), (0x3fe6_979b_1a0b_28f7, 0xbfd6_47c6_1ab7_5845, -0.218),
    (0x3ff6_64d8_06f4_3f38, 0x3fd5_8450_7c41_fd8b, 0.239), (0x3ff6_70a6_a0d0_1c3d, 0x3fd5_a605_f2fa_5821, 0.240),
    (0x3ff6_75b2_6ee0_a367, 0x3fd5_b468_9dfb_4aeb, -0.241), (0x3ff6_911e_a390_a534, 0x3fd6_025d_6e65_415b, -0.253),
    (0x3ff6_9193_4f12_72a7, 0x3fd6_03a8_4bc3_3693, -0.255), (0x3fe6_8eef_dcaf_53e2, 0xbfd6_6059_8f5c_ae13, -0.255),
    (0x3ff4_837d_e2aa_0d4e, 0x3fcf_cee3_e790_fe89, -0.256), (0x3ff6_5b2d_6c19_fe02, 0x3fd5_68aa_4c21_6337, 0.268),
    (0x3ff6_7d53_769c_3a1a, 0x3fd5_ca22_2b35_917f, -0.277), (0x3ff6_82bf_0330_9cca, 0x3fd5_d98c_f367_162d, -0.277),
    (0x3fe6_6921_dbd2_bd1d, 0xbfd6_cbf5_2aa8_0f15, 0.287), (0x3ff6_6841_89df_c434, 0x3fd5_8e10_2ac5_9ca5, -0.288),
    (0x3fec_cda7_d338_91da, 0xbfba_f14d_5a36_d057, 0.438), (0x3fec_ff27_fbcf_7e67, 0xbfb9_3ad1_6048_8a59, 0.440),
    (0x3fed_26c9_caa7_b167, 0xbfb7_ddda_77aa_2905, 0.440), (0x3ff1_908f_105a_1229, 0x3fb7_e29b_aba0_2fb7, 0.447),
    (0x3ff1_7ef6_cf0a_d5e1, 0x3fb6_e1aa_b997_e3b1, 0.449), (0x3ff1_8231_5c08_bbe6, 0x3fb7_10e4_6bd1_240d, 0.451),
    (0x3ff6_8235_cb77_d382, 0x3fd5_d806_cf84_ef89, 0.254), (0x3fd8_e01a_02ce_951a, 0xbfee_3d78_b404_a179, -0.268),
    (0x3ffa_1cfd_5838_c9dc, 0x3fdf_59c3_a1c6_5977, 0.286), (0x3ff9_7f55_59f2_1367, 0x3fdd_d2bd_b3ba_554d, -0.287),
    (0x3fe3_9e89_861c_2701, 0xbfdf_4f6d_543e_e8ed, 0.298), (0x3ffa_5704_57d2_379e, 0x3fdf_e75e_1b67_25af, -0.298),
    (0x3ffa_008e_2720_850b, 0x3fdf_13ed_461b_2ded, -0.307), (0x3ffa_4b9f_379e_71ff, 0x3fdf_cba8_2878_101d, -0.309),
];

/// (e^z − 1)/z.
#[rustfmt::skip]
const EXPM1_OVER: [(u64, u64, f64); 38] = [
    (0x3ff0_0000_0000_0000, 0x3ffb_7e15_1628_aed3, -0.349), (0xbff0_0000_0000_0000, 0x3fe4_3a54_e4e9_8864, 0.112),
    (0x3fd5_c28f_5c28_f5c3, 0x3ff3_0e6d_6cf7_bf5a, -0.267), (0xbfd5_c28f_5c28_f5c3, 0x3feb_20a3_c6d5_c335, 0.207),
    (0x3fd5_c28f_5c28_f5c4, 0x3ff3_0e6d_6cf7_bf5a, -0.109), (0xbfd5_c28f_5c28_f5c4, 0x3feb_20a3_c6d5_c335, 0.007),
    (0x3e45_798e_e230_8c3a, 0x3ff0_0000_0157_98ee, 0.212), (0x81a5_6e1f_c2f8_f359, 0x3ff0_0000_0000_0000, 0.000),
    (0x4085_e000_0000_0000, 0x7e75_a2a5_4577_2ad4, 0.214), (0xc085_e000_0000_0000, 0x3f57_67dc_e434_a9b1, 0.006),
    (0xc044_0000_0000_0000, 0x3f99_9999_9999_999a, -0.431), (0x4034_0000_0000_0000, 0x4177_226d_3b87_2003, 0.207),
    (0x3fd6_2e42_fefa_39ef, 0x3ff3_1f68_2bc8_8338, 0.239), (0xbfd6_2e42_fefa_39ef, 0x3feb_0b26_9e8e_82c4, -0.047),
    (0x3fe9_a84d_2802_8e84, 0x3ff8_8925_947e_ceab, 0.306), (0x3fdb_bbbd_1291_5190, 0x3ff4_06d7_2e73_6cd6, -0.459),
    (0x3ff6_ff0d_0ea0_14fa, 0x4001_dcd8_3528_1ae1, 0.213), (0xbff6_4cf5_9b52_52bc, 0x3fe1_4319_64bf_39a0, 0.199),
    (0x3fd1_1719_34d2_1030, 0x3ff2_56ff_7bd1_84a2, 0.059), (0x3ff9_efd5_cdf2_474a, 0x4004_074e_4e5a_ab4b, 0.434),
    (0xbfd7_b2d5_7c7e_d72c, 0x3fea_be60_7c91_75c7, 0.076), (0xbfd9_8c79_5792_20cc, 0x3fea_625e_f2de_e11b, 0.205),
    (0xbfd8_7120_0869_09fc, 0x3fea_9934_be66_96fd, 0.264), (0xbfd7_9a4d_dc74_2358, 0x3fea_c330_53a0_fe82, 0.270),
    (0xbfda_2818_64db_a294, 0x3fea_4483_5a5f_7279, 0.304), (0xbfd9_3efb_8df9_33ec, 0x3fea_714e_884a_1e42, 0.308),
    (0x3fdb_572b_e09a_ef24, 0x3ff3_f602_3db5_a783, 0.333), (0xbfd7_82ce_3c32_ed34, 0x3fea_c7cd_7f2d_6d01, 0.335),
    (0xbfd9_97b7_71e5_d06c, 0x3fea_6035_2ed2_fc33, 0.339), (0xbfdb_5bc6_6b2b_46b0, 0x3fea_0a03_e48d_2967, 0.339),
    (0xbfd7_24a4_4dc9_2f14, 0x3fea_da55_b247_d615, 0.358), (0xbfd6_dec0_9791_856c, 0x3fea_e822_4e3a_f65a, 0.363),
    (0x4042_cb97_c1d0_9f80, 0x42ff_fcc1_1cbd_d4a7, 0.331), (0x3ff3_8cbf_5e9e_55a0, 0x3fff_57a3_8a7b_54eb, -0.425),
    (0x4037_f75e_567e_7328, 0x41cf_d8ef_31c9_e2d4, -0.489), (0x4042_cb7f_12de_7764, 0x42ff_f6c0_92da_dd1d, -0.494),
    (0x4002_1b7c_7aba_63a0, 0x400e_73e8_913a_1e62, 0.480), (0x4028_621d_34c6_713c, 0x40cf_94b0_43a1_8973, 0.452),
];
