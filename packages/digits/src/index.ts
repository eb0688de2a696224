// Handwritten digits, 14 × 14, with a licence of their own.
export {};
