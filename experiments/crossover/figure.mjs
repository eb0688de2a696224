export const figure = () => "";
