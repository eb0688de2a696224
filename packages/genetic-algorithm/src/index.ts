// A real-coded genetic algorithm with its selection, crossover and mutation operators.
export {};
