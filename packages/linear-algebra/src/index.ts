// Symmetric eigendecomposition, Cholesky and QR: the same bits on every JavaScript engine.
export {};
