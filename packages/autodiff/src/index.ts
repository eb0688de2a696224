// Trace once, differentiate any number of times: graph, transforms, backends.
export { AutodiffError } from "./errors.ts";
export { Tensor } from "./ir.ts";
export type { Arithmetic, Attribute, Attributes, Derivative, Kernel, Node, Op, Values } from "./ir.ts";
export type { Shape } from "./shape.ts";
export type { AxisOptions } from "./axes.ts";
export type { Graph } from "./graph.ts";
export { apply, call, trace } from "./trace.ts";
export type { Traceable } from "./trace.ts";
export { compile, revive } from "./compile.ts";
export type { CompileOptions } from "./compile.ts";
export type { Backend, Executable, PortableProgram, Precision, Program } from "./backends/backend.ts";
export type { BackendName } from "./backends/index.ts";
export { operations } from "./price.ts";

export {
  derivatives,
  grad,
  gradientGraph,
  valueAndGrad,
  valueAndGradientGraph,
} from "./transforms/gradient.ts";
export type { Argument } from "./transforms/gradient.ts";
export { hessian, jacobian, jacobianGraph } from "./transforms/jacobian.ts";
export type { JacobianOptions } from "./transforms/jacobian.ts";
export { vmap, vmapGraph } from "./transforms/vmap.ts";
export type { MappedAxes } from "./transforms/vmap.ts";
export { hvp, jvp, jvpGraph, linearize, valueGradHvp, vjp, vjpGraph } from "./transforms/products.ts";

export { ops } from "./ops/index.ts";
export { constant, full } from "./ops/leaves.ts";
export type { Nested, Operand } from "./ops/leaves.ts";
export { add, div, mul, neg, sqrt, square, sub } from "./ops/arithmetic.ts";
export {
  abs,
  clip,
  equal,
  greater,
  greaterEqual,
  leakyRelu,
  less,
  lessEqual,
  maximum,
  minimum,
  notEqual,
  relu,
  sign,
  where,
} from "./ops/compare.ts";
export {
  cosh,
  erf,
  exp,
  expm1,
  log,
  log1p,
  logSigmoid,
  pow,
  sigmoid,
  sinh,
  softplus,
  tanh,
  xlogy,
} from "./ops/exponential.ts";
export { acos, asin, atan, atan2, cos, sin, tan } from "./ops/trigonometric.ts";
export { name, reshape, stopGradient } from "./ops/view.ts";
export { broadcast, sum } from "./ops/sum-broadcast.ts";
export { transpose } from "./ops/transpose.ts";
export { pad, slice } from "./ops/slice-pad.ts";
export { concat, stack } from "./ops/concat.ts";
export { dot, einsum, matmul, outer } from "./ops/contract.ts";
export { gather, scatterAdd, takeAlong } from "./ops/gather-scatter.ts";
export type { Positions } from "./ops/gather-scatter.ts";
export { argmax, max, min } from "./ops/extrema.ts";
export { cumsum } from "./ops/cumsum.ts";
export { windows } from "./ops/windows.ts";
export { mean, norm, prod, variance } from "./functions/statistics.ts";
export type { NormOptions, VarianceOptions } from "./functions/statistics.ts";
export { crossEntropy, logSoftmax, logsumexp, oneHot, softmax } from "./functions/softmax.ts";
export { elu, gelu, silu } from "./functions/activations.ts";
export {
  averagePool1d,
  averagePool2d,
  conv1d,
  conv2d,
  maxPool1d,
  maxPool2d,
} from "./functions/convolution.ts";
export type { ConvolutionOptions } from "./functions/convolution.ts";

export { print, simplify, symbolic } from "./print/symbolic.ts";
export type { Printed, SymbolicOptions } from "./print/symbolic.ts";
export type { Expression } from "./print/expression.ts";
export { toDot } from "./print/dot.ts";
export { evaluationsOf, numericalGradient } from "./ways/numerical.ts";
export type { Measured, NumericalOptions, Scheme } from "./ways/numerical.ts";
export { checkGradient } from "./ways/check.ts";
export type { Checked, CheckOptions } from "./ways/check.ts";
export { errorsByStep, relativeError, waysOf } from "./ways/ways.ts";
export type { Way, WaysOptions } from "./ways/ways.ts";
