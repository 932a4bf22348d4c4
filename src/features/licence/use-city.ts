import { readCatalogue } from '../../api/catalogue'
import { useResource } from '../../api/resource'

/** Whether this is a demonstration, and the city's hotline. */
export function useCity(): { demo: boolean; hotline: string } {
  const { data } = useResource('public/catalogue', readCatalogue)
  return { demo: data?.demo === true, hotline: data?.city.hotline ?? '12345' }
}
