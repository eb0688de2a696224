// Gradient descent, momentum, Nesterov, Adam: update rules and schedules.
export {};
