// Bits of the models, written by the interpreter; a change here is a change of every trace.
export const expected: Record<string, string> = {
  "rosenbrock 101, f64": "6150a49856f14e16",
  "rosenbrock 101, f32": "e70b75b65046bc6b",
  "logistic 1003 × 7, f64": "cf7c3d8932a76b0d",
  "logistic 1003 × 7, f32": "607951c142dff3f4",
  "mlp 9-13-3, 211 rows, f64": "25ee88194f23561e",
  "mlp 9-13-3, 211 rows, f32": "46565ee8f137994e",
  "19 × logistic 301 × 5, f64": "d0a5e7487b057e58",
  "19 × logistic 301 × 5, f32": "54d0ae647f379631",
};
