// Test functions, models and learning problems.
export {};
