/** How far a model has come through the gallery, in photographs. */
export interface TemplateCoverage {
  readonly bookings: number
  /** Those with a template of the model. */
  readonly templates: number
  /** Those of which the model could make none; a search with it does not find them. */
  readonly failed: number
  /** Those still to be looked at; 0 when the model has seen them all. */
  readonly missing: number
}
