// One app on Flex Consumption with storage of its own: nothing runs and nothing is billed while nobody calls. Used for the control app and for the inference app.

@description('The app\'s name, unique in the world: it is its address.')
param name string

@description('The service in azure.yaml whose code runs here.')
param service string

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The app\'s storage account: packages, locks, workflow histories.')
param storageName string

@description('The identity: resource id.')
param identityId string

@description('The identity: client id.')
param identityClientId string

@description('The identity: object id.')
param identityPrincipalId string

@description('Settings by name, beside those of the platform.')
param settings object

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Most instances.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('The subnet through which the app goes out; empty: none.')
param subnetId string = ''

@description('Whether the storage account answers in the network alone.')
param privateOnly bool

@description('The version of .NET.')
param dotnetVersion string

@description('Whether the app runs workflows on Azure Storage.')
param runsWorkflows bool

var package = 'packages'

module storage 'storage-account.bicep' = {
  name: 'storage-${service}'
  params: {
    name: storageName
    location: location
    tags: tags
    containers: [package]
    privateOnly: privateOnly
  }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

// Storage Blob Data Owner: the Functions host keeps its locks and keys there, and the package is read from there.
resource ownsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityPrincipalId, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b') // Storage Blob Data Owner
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [storage]
}

// Storage Queue Data Contributor: Durable Functions on Azure Storage.
resource writesQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (runsWorkflows) {
  name: guid(account.id, identityPrincipalId, '974c5e8b-45b9-4653-ba55-5f855dd0fb88')
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '974c5e8b-45b9-4653-ba55-5f855dd0fb88') // Storage Queue Data Contributor
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [storage]
}

// Storage Table Data Contributor: Durable Functions on Azure Storage.
resource writesTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (runsWorkflows) {
  name: guid(account.id, identityPrincipalId, '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3') // Storage Table Data Contributor
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [storage]
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

var platformSettings = {
  AzureWebJobsStorage__blobServiceUri: storage.outputs.blobEndpoint
  AzureWebJobsStorage__queueServiceUri: storage.outputs.queueEndpoint
  AzureWebJobsStorage__tableServiceUri: storage.outputs.tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': service })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.outputs.blobEndpoint}${package}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: dotnetVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }
  dependsOn: [ownsBlobs]
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(platformSettings, settings)
}

// Nobody deploys or looks in by a password.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

@description('The app\'s name.')
output name string = app.name

@description('The app\'s address.')
output url string = 'https://${app.properties.defaultHostName}'

@description('The storage account\'s resource id.')
output storageId string = storage.outputs.id
