import type { Home } from '../../contract/home'
import { call } from './client'

export const readHome = () => call<Home>('get', '/home')
