// Says when the month's bill comes near the limit. It says so hours late and stops nothing; the product's own budgets stop work.

@description('The month\'s limit in the billing currency.')
@minValue(1)
param amount int

@description('The first day of the month from which it counts, such as 2026-11-01.')
param startDate string

@description('Who is told; empty: the subscription\'s owners.')
param email string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'serverless'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: empty(email) ? [] : [email]
        contactRoles: ['Owner']
      }
      whole: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: empty(email) ? [] : [email]
        contactRoles: ['Owner']
      }
      ahead: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: empty(email) ? [] : [email]
        contactRoles: ['Owner']
      }
    }
  }
}
