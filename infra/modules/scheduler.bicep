// Durable Task Scheduler, an option: workflow histories in a service of its own instead of the control app's storage account.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('Consumption bills by action; Dedicated bills capacity units that stand.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('The task hub.')
param hubName string

@description('Object id of the control app\'s identity.')
param controlPrincipalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-${token}'
  location: location
  tags: tags
  properties: {
    ipAllowlist: ['0.0.0.0/0'] // an empty list lets nobody in; who may do what is said by roles
    sku: {
      name: sku
    }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: hubName
}

// Durable Task Data Contributor: to run workflows.
resource controlRuns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler.id, controlPrincipalId, '0ad04412-c4d5-4796-b79c-f76d14c8d402')
  scope: scheduler
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0ad04412-c4d5-4796-b79c-f76d14c8d402') // Durable Task Data Contributor
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The scheduler\'s address.')
output endpoint string = scheduler.properties.endpoint

@description('The task hub\'s name.')
output hubName string = hub.name
