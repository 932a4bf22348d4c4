import type { Deps } from '../../deps'

/** The name of a licence type in the catalogue in force; the type's own word when it is no longer there. */
export const licenceName = ({ catalogue }: Pick<Deps, 'catalogue'>, type: string): string =>
  catalogue.current().catalogue.licenceTypes[type]?.name ?? type
