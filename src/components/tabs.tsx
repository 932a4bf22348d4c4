import { useRef, type ReactNode } from 'react'
import { Box, Press } from '../platform/host'
import { classes } from './classes'
import './tabs.scss'

interface TabsProps {
  id: string
  label: string
  tabs: { title: string; body: ReactNode }[]
  value: number
  onChange: (index: number) => void
}

/** Views that share a place. Arrow keys, Home and End move between the tabs on H5. */
export function Tabs({ id, label, tabs, value, onChange }: TabsProps) {
  const buttons = useRef<(HTMLElement | null)[]>([])
  function move(key: string) {
    const next = nextTab(key, value, tabs.length)
    if (next === undefined) return false
    onChange(next)
    buttons.current[next]?.focus()
    return true
  }
  return <Box className='tabs'>
    <Box className='tabs-bar' role='tablist' aria-label={label}>
      {tabs.map((tab, at) => <Press
        key={tab.title} id={`${id}-tab-${at}`} ref={(element) => { buttons.current[at] = element }} role='tab'
        className={classes('tab', at === value && 'is-on')} aria-selected={at === value}
        aria-controls={at === value ? `${id}-panel-${at}` : undefined} tabIndex={at === value ? 0 : -1}
        onPress={() => onChange(at)} onKey={move}
      >{tab.title}</Press>)}
    </Box>
    <Box key={value} id={`${id}-panel-${value}`} role='tabpanel' aria-labelledby={`${id}-tab-${value}`}>{tabs[value]?.body}</Box>
  </Box>
}

function nextTab(key: string, value: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (value + 1) % count
  if (key === 'ArrowLeft') return (value + count - 1) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}
