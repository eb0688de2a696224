// The kind of query "residuals": a least-squares objective tells its residuals and their Jacobian. One row in the table of kinds.
import { addKind, faultOfNumber, faultOfVector, type Vector } from "@basin/objective";

declare module "@basin/objective" {
  interface Queries {
    /** r(x) and ∂r/∂x, where f grows with Σ r². */
    residuals: { readonly kind: "residuals"; readonly x: Vector };
  }
  interface Answers {
    residuals: {
      /** f(x), for the record. */
      readonly value: number;
      /** r(x), shape [m]. */
      readonly residuals: Vector;
      /** ∂rᵢ/∂xⱼ, shape [m × n], row-major. */
      readonly jacobian: Vector;
    };
  }
}

addKind("residuals", {
  gives: "f(x), r(x), ∂r/∂x, where f grows with Σ r²",
  fault: (answer, query) =>
    faultOfNumber(answer.value, "value") ??
    faultOfVector(answer.residuals, "residuals") ??
    faultOfVector(answer.jacobian, "jacobian", answer.residuals.length * query.x.length),
});
