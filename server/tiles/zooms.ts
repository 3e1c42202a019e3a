/** From here on the shape of a site is more than a dot. */
export const SHAPE_ZOOM = 12
/** There may be tens of thousands of hydrants, and nobody looks for one from afar. */
export const HYDRANT_ZOOM = 13
