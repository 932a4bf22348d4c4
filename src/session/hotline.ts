import { useState } from 'react'
import type { CatalogueIndex } from '../../contract/catalogue'
import { readKept } from '../api/kept'

/** The city's own hotline, as this device last read it in the catalogue; until then the number that every city answers. */
const cityHotline = (): string => readKept<CatalogueIndex>('public/catalogue')?.data.city.hotline ?? '12345'

/** A sentence with the hotline where it says {hotline}. */
export const withHotline = (text: string): string => text.replace('{hotline}', cityHotline)

/** The hotline for a page, read once. */
export const useHotline = (): string => useState(cityHotline)[0]
