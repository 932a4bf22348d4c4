module.exports = {
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/tests/app/**/*.test.{ts,tsx}'],
  transform: { '\\.[jt]sx?$': ['babel-jest', { configFile: './tests/app/babel.config.js' }] },
  moduleNameMapper: {
    '\\.scss$': '<rootDir>/tests/app/stubs/style.js',
    '^@tarojs/taro$': '<rootDir>/tests/app/stubs/taro.ts',
  },
  globals: { API_ORIGIN: '', SUBSCRIBE_TEMPLATES: '' },
  clearMocks: true,
  testTimeout: 30_000,
  setupFilesAfterEnv: ['<rootDir>/tests/app/stubs/setup.ts'],
}
