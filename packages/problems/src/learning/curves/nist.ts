// Seven of NIST's reference problems of nonlinear regression as curves: what was measured, and the model that NIST fits to it.
import { add, div, exp, expm1, mul, neg, softplus, square, sub, type Tensor } from "@basin/autodiff";
import type { Feature } from "@basin/datasets";
import type { Curve } from "./curve.ts";
import * as data from "./nist-data.ts";

export interface NistCurve extends Curve, data.Reference {
  readonly title: string;
  /** Who measured it, as NIST says. */
  readonly source: string;
  readonly input: Feature;
  readonly output: Feature;
}

/** b₁(1 − exp(−b₂x)) */
const saturation: Curve = {
  formula: "b₁(1 − exp(−b₂x))",
  f: ([b1, b2], x) => neg(mul(b1!, expm1(neg(mul(b2!, x))))),
};

/** c₀ + c₁x + c₂x² + …, by Horner's rule. */
const polynomialIn = (x: Tensor, [first, ...rest]: readonly (Tensor | number)[]): Tensor | number =>
  rest.length === 0 ? first! : add(first!, mul(x, polynomialIn(x, rest)));

export const nistCurves = {
  misra1a: {
    ...data.misra1a,
    ...saturation,
    title: "Monomolecular adsorption (Misra1a)",
    source: "D. Misra, NIST (1978), Dental research monomolecular adsorption study",
    input: { name: "pressure", unit: "" },
    output: { name: "volume", unit: "" },
  },
  chwirut2: {
    ...data.chwirut2,
    formula: "exp(−b₁x) / (b₂ + b₃x)",
    f: ([b1, b2, b3], x) => div(exp(neg(mul(b1!, x))), add(b2!, mul(b3!, x))),
    title: "Ultrasonic calibration (Chwirut2)",
    source: "D. Chwirut, NIST (197?), Ultrasonic reference block study",
    input: { name: "metal distance", unit: "" },
    output: { name: "ultrasonic response", unit: "" },
  },
  boxbod: {
    ...data.boxBod,
    ...saturation,
    title: "Biochemical oxygen demand (BoxBOD)",
    source: "G. E. P. Box, W. G. Hunter & J. S. Hunter (1978), Statistics for experimenters, pp. 483–487",
    input: { name: "incubation time", unit: "days" },
    output: { name: "oxygen demand", unit: "mg/l" },
  },
  rat43: {
    ...data.rat43,
    formula: "b₁ / (1 + exp(b₂ − b₃x))^(1/b₄)",
    // the power as exp(−log(1 + e^…)/b₄), which does not overflow
    f: ([b1, b2, b3, b4], x) => mul(b1!, exp(neg(div(softplus(sub(b2!, mul(b3!, x))), b4!)))),
    title: "Growth of onions (Rat43)",
    source: "D. A. Ratkowsky (1983), Nonlinear regression modeling, pp. 62 and 88",
    input: { name: "growing time", unit: "" },
    output: { name: "dry weight", unit: "" },
  },
  mgh09: {
    ...data.mgh09,
    formula: "b₁(x² + b₂x) / (x² + b₃x + b₄)",
    f: ([b1, b2, b3, b4], x) => div(mul(b1!, mul(x, add(x, b2!))), polynomialIn(x, [b4!, b3!, 1])),
    title: "Kowalik and Osborne's function (MGH09)",
    source: "J. S. Kowalik & M. R. Osborne (1978), Methods for unconstrained optimization problems",
    input: { name: "x", unit: "" },
    output: { name: "y", unit: "" },
  },
  eckerle4: {
    ...data.eckerle4,
    formula: "(b₁/b₂) exp(−½((x − b₃)/b₂)²)",
    f: ([b1, b2, b3], x) => mul(div(b1!, b2!), exp(mul(-0.5, square(div(sub(x, b3!), b2!))))),
    title: "Circular interference transmittance (Eckerle4)",
    source: "K. Eckerle, NIST (197?), Circular interference transmittance study",
    input: { name: "wavelength", unit: "" },
    output: { name: "transmittance", unit: "" },
  },
  thurber: {
    ...data.thurber,
    formula: "(b₁ + b₂x + b₃x² + b₄x³) / (1 + b₅x + b₆x² + b₇x³)",
    f: ([b1, b2, b3, b4, b5, b6, b7], x) =>
      div(polynomialIn(x, [b1!, b2!, b3!, b4!]), polynomialIn(x, [1, b5!, b6!, b7!])),
    title: "Electron mobility in semiconductors (Thurber)",
    source: "R. Thurber, NIST (197?), Semiconductor electron mobility modeling",
    input: { name: "log density", unit: "" },
    output: { name: "electron mobility", unit: "" },
  },
} satisfies Record<string, NistCurve>;

export type NistName = keyof typeof nistCurves;
