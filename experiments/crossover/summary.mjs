export const summarise = () => [];
export const csv = () => "";
export const table = () => "";
